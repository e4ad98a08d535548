package ai.mavster.credits.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every problem the service answers with, and the one place where a {@link Refusal} becomes one. */
@ApplicationScoped
public class Problems {

    /** A body with a thousand elements may have thousands of wrong fields. */
    private static final int MOST_ERRORS = 50;

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final PublicUrl publicUrl;

    Problems(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** The problem for a refusal; its way out is shown as {@code action} and {@code retryable_after}. */
    public Problem of(Refusal refusal) {
        Problem problem = plain(refusal);
        return refusal.wayOut() == null ? problem : withWayOut(problem, refusal.wayOut());
    }

    private static Problem plain(Refusal refusal) {
        Refusal.Code code = refusal.code();
        String detail = refusal.wayOut() == null
                ? refusal.detail()
                : refusal.detail() + " " + refusal.wayOut().advice();
        boolean later = code.status() == TOO_MANY || code.status() == UNAVAILABLE;
        Map<String, String> headers = later ? Map.of("Retry-After", "10") : Map.of();
        return new Problem(code.status(), code.id(), code.title(), detail, refusal.members(), List.of(), headers);
    }

    /**
     * The problem that answers a failure; null if the failure is a fault of ours, which callers learn nothing about.
     */
    public @Nullable Problem of(Throwable failure) {
        if (failure instanceof CompletionException wrapper && wrapper.getCause() != null) {
            return of(wrapper.getCause());
        }
        if (failure instanceof ProblemException exception) {
            return exception.problem();
        }
        if (failure instanceof RefusalException exception) {
            return of(exception.refusal());
        }
        if (failure instanceof InvalidInput input) {
            return invalid(input.field(), input.message());
        }
        return failure instanceof Unavailable unavailable ? of(unavailable.reason()) : null;
    }

    private static Problem of(Unavailable.Reason reason) {
        return switch (reason) {
            case OVERLOADED -> overloaded();
            case DATABASE_UNREACHABLE -> unavailable();
            case OUTCOME_UNKNOWN -> outcomeUnknown();
        };
    }

    /** To throw where a refusal ends the request. */
    public ProblemException exception(Refusal refusal) {
        return new ProblemException(of(refusal));
    }

    private Problem withWayOut(Problem problem, Refusal.WayOut wayOut) {
        Object accountId = problem.members().get("account_id");
        String query = accountId == null ? "" : "?account=" + URLEncoder.encode(accountId.toString(), UTF_8);
        Problem.Action action = new Problem.Action(wayOut.label(), publicUrl + wayOut.path() + query);
        return problem.with("action", action).with("retryable_after", wayOut.retryableAfter());
    }

    /** 400: one field of the input is wrong. The message says what it must be: "must be a number". */
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new Problem.InvalidField(field, message)));
    }

    /** 400: these fields of the input are wrong. Of many the first {@value #MOST_ERRORS} are named. */
    public static Problem invalid(List<Problem.InvalidField> errors) {
        List<Problem.InvalidField> named = errors.subList(0, Math.min(errors.size(), MOST_ERRORS));
        String end = named.size() == errors.size() ? "." : "; and " + (errors.size() - named.size()) + " more.";
        String detail = named.stream()
                .map(error -> error.field() + " " + error.message())
                .collect(Collectors.joining("; ", "", end));
        Problem problem = Problem.of(ProblemCode.INVALID_REQUEST, detail);
        return new Problem(problem.status(), problem.code(), problem.title(), detail, Map.of(), named, Map.of());
    }

    /** To throw where one field of the input is wrong. */
    public static ProblemException invalidRequest(String field, String message) {
        return new ProblemException(invalid(field, message));
    }

    public static Problem idempotencyKeyRequired() {
        return Problem.of(
                        ProblemCode.IDEMPOTENCY_KEY_REQUIRED,
                        "Send an Idempotency-Key header, so that a repeat of this request has its effect once.")
                .withError(IdempotencyKey.HEADER, "is required");
    }

    public static Problem unauthenticated() {
        return Problem.of(
                        ProblemCode.UNAUTHENTICATED,
                        "Send a valid API key: Authorization: Bearer <api key>. This one is missing, unknown, expired"
                                + " or revoked.")
                .withHeader("WWW-Authenticate", "Bearer");
    }

    public static Problem forbidden() {
        return Problem.of(ProblemCode.FORBIDDEN, "This API key may not do that.");
    }

    public static Problem notFound() {
        return plain(Refusal.of(Refusal.Code.NOT_FOUND, Refusal.Code.NOT_FOUND.meaning()));
    }

    public static Problem methodNotAllowed() {
        return Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "This address does not know that method.");
    }

    public static Problem notAcceptable() {
        return Problem.of(ProblemCode.NOT_ACCEPTABLE, "There is no answer in a media type that Accept allows.");
    }

    /** 408: the body did not come within the time there is for it. */
    public static Problem requestTimeout() {
        return Problem.of(ProblemCode.REQUEST_TIMEOUT, "The body did not arrive in time. Nothing was done; try again.");
    }

    public static Problem payloadTooLarge() {
        return Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "A body may have at most 2 MB.");
    }

    public static Problem unsupportedMediaType() {
        return Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as Content-Type: application/json.");
    }

    /** 429: more than a rate limit allows; in so many seconds there is room again. */
    public static Problem rateLimited(long seconds) {
        return Problem.of(
                        ProblemCode.RATE_LIMITED,
                        "These are more requests than the rate limit allows. Nothing was done; try again later.")
                .withHeader("Retry-After", Long.toString(seconds));
    }

    /** 503: too much is waiting already. */
    public static Problem overloaded() {
        return Problem.of(ProblemCode.OVERLOADED, "Too much is waiting already. Nothing was done; try again.")
                .withHeader("Retry-After", "1");
    }

    /** 503: the database could not be reached before anything was done. */
    public static Problem unavailable() {
        return Problem.of(ProblemCode.UNAVAILABLE, "The database cannot be reached. Nothing was done; try again.")
                .withHeader("Retry-After", "1");
    }

    /** 503: the commit was sent, but never confirmed. */
    public static Problem outcomeUnknown() {
        return Problem.of(
                        ProblemCode.OUTCOME_UNKNOWN,
                        "The database did not confirm. Retry with the same Idempotency-Key to learn the outcome.")
                .withHeader("Retry-After", "1");
    }

    public static Problem internalError(String errorId) {
        return Problem.of(
                        ProblemCode.INTERNAL_ERROR,
                        "Something went wrong on our side. Name the error id when you ask about it.")
                .with("error_id", errorId);
    }
}
