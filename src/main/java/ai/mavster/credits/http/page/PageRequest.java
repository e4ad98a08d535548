package ai.mavster.credits.http.page;

import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** A request for a page, or of a form. */
public final class PageRequest {

    private final RoutingContext context;
    private final Language language;

    PageRequest(RoutingContext context, Language language) {
        this.context = context;
        this.language = language;
    }

    /** The language to answer in. */
    public Language language() {
        return language;
    }

    /** Without the query. */
    public String path() {
        return context.normalizedPath();
    }

    /** With the query, if there is one. */
    public String pathAndQuery() {
        String query = context.request().query();
        return query == null || query.isEmpty() ? path() : path() + "?" + query;
    }

    /** A part of the path, decoded. */
    public String pathParam(String name) {
        return context.pathParam(name);
    }

    /** Null: absent, or empty. */
    public @Nullable String query(String name) {
        return nonEmpty(context.request().getParam(name));
    }

    /** Null: absent, or empty. Without blanks at its ends. */
    public @Nullable String field(String name) {
        String text = context.request().getFormAttribute(name);
        return text == null ? null : nonEmpty(text.strip());
    }

    public @Nullable String cookie(String name) {
        Cookie cookie = context.request().getCookie(name);
        return cookie == null ? null : cookie.getValue();
    }

    /** Where it comes from, as far as that is known behind proxies. */
    public String remoteAddress() {
        return String.valueOf(context.request().remoteAddress().hostAddress());
    }

    /** For answers that are streamed. */
    public RoutingContext context() {
        return context;
    }

    private static @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
