package ai.mavster.credits.operator.session;

import ai.mavster.credits.http.page.Language;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.http.page.Pages;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How a session begins, and how it is ended. */
@Singleton
public class SignIn {

    public static final String PATH = "/operator/sign-in";

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    private final OperatorSessions sessions;
    private final Attempts attempts;
    private final Pages pages;
    private final Template template;
    private final Logger log;

    SignIn(
            OperatorSessions sessions,
            Attempts attempts,
            Pages pages,
            @Location("operator/sign-in.html") Template template,
            Logger log) {
        this.sessions = sessions;
        this.attempts = attempts;
        this.pages = pages;
        this.template = template;
        this.log = log;
    }

    void register(@Observes Router router) {
        pages.get(router, PATH, request -> show(request, OK, null));
        pages.post(router, PATH, this::open);
    }

    private PageAnswer open(PageRequest request) {
        String from = request.remoteAddress();
        if (attempts.tooMany(from)) {
            return show(
                    request,
                    TOO_MANY,
                    new PageProblem(
                            TOO_MANY,
                            "too_many_attempts",
                            "key",
                            "Too many attempts",
                            "Wait a minute before you try another key."));
        }
        String key = request.field("key");
        return sessions.open(key == null ? "" : key)
                .map(cookie -> {
                    attempts.succeeded(from);
                    return PageAnswer.seeOther("/operator").with(cookie);
                })
                .orElseGet(() -> {
                    attempts.failed(from);
                    log.infof("Somebody tried to sign in to the operator's pages in vain, from %s", from);
                    return show(
                            request,
                            UNAUTHORIZED,
                            new PageProblem(
                                    UNAUTHORIZED,
                                    "unknown_key",
                                    "key",
                                    "This key does not open these pages",
                                    "It has to be valid, have the scope admin, and be bound to no account."));
                });
    }

    private PageAnswer show(PageRequest request, int status, @Nullable PageProblem problem) {
        return PageAnswer.of(
                status,
                pages.fill(template, request, pages.english().texts(Language.UTC))
                        .data("problem", problem));
    }
}
