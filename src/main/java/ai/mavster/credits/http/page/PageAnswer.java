package ai.mavster.credits.http.page;

import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.Cookie;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page answers with: a template filled in, or the address to go on at.
 *
 * @param location where to go on; null: here
 * @param body what is shown; null: nothing
 */
public record PageAnswer(
        int status, @Nullable String location, @Nullable TemplateInstance body, List<Cookie> cookies) {

    private static final int OK = 200;
    private static final int SEE_OTHER = 303;

    public PageAnswer {
        cookies = List.copyOf(cookies);
    }

    public static PageAnswer of(TemplateInstance body) {
        return of(OK, body);
    }

    public static PageAnswer of(int status, TemplateInstance body) {
        return new PageAnswer(status, null, body, List.of());
    }

    /** To another page, by GET: so that a reload sends no form again. */
    public static PageAnswer seeOther(String location) {
        return new PageAnswer(SEE_OTHER, location, null, List.of());
    }

    public PageAnswer with(Cookie cookie) {
        List<Cookie> more = new ArrayList<>(cookies);
        more.add(cookie);
        return new PageAnswer(status, location, body, more);
    }
}
