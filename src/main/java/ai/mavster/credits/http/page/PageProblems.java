package ai.mavster.credits.http.page;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.sql.SqlFailure;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Says what went wrong in the reader's language; of a fault of ours only its id, which the log has, too. */
@Singleton
public class PageProblems {

    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    private final Logger log;

    PageProblems(Logger log) {
        this.log = log;
    }

    public PageProblem of(Throwable failure, Language language) {
        if (failure instanceof CompletionException wrapper && wrapper.getCause() != null) {
            return of(wrapper.getCause(), language);
        }
        if (failure instanceof RefusalException exception) {
            return of(exception.refusal(), language);
        }
        if (failure instanceof InvalidInput input) {
            return new PageProblem(
                    BAD_REQUEST,
                    "invalid_request",
                    input.field(),
                    language.say("problem.invalid.title"),
                    detail(input, language));
        }
        if (failure instanceof ProblemException exception) {
            Problem problem = exception.problem();
            return new PageProblem(
                    problem.status(),
                    problem.code(),
                    null,
                    language.say("problem.invalid.title"),
                    Objects.requireNonNullElse(problem.detail(), problem.title()));
        }
        if (failure instanceof Unavailable || SqlFailure.isOutage(failure)) {
            return named(UNAVAILABLE, "unavailable", language);
        }
        String errorId = UUID.randomUUID().toString();
        log.errorf(failure, "A page failed, error id %s", errorId);
        return new PageProblem(
                INTERNAL_ERROR,
                "internal_error",
                null,
                language.say("problem.internal_error.title"),
                language.say("problem.internal_error.detail", errorId));
    }

    /** What the field must be, in the bundle's words where it has any for it, else in the API's. */
    private static String detail(InvalidInput input, Language language) {
        String key = "problem.invalid." + input.field();
        return language.has(key) ? language.say(key) : input.field() + " " + input.message();
    }

    /** In the bundle's words where it has any for this code, else in the API's. */
    public PageProblem of(Refusal refusal, Language language) {
        String code = refusal.code().id();
        String key = "problem." + code;
        return language.has(key + ".title")
                ? named(refusal.code().status(), code, language)
                : new PageProblem(
                        refusal.code().status(), code, null, refusal.code().title(), refusal.detail());
    }

    /** One that the bundle has a title and a detail for. */
    public static PageProblem named(int status, String code, Language language) {
        String key = "problem." + code;
        return new PageProblem(status, code, null, language.say(key + ".title"), language.say(key + ".detail"));
    }
}
