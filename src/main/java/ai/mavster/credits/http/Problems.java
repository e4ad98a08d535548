package ai.mavster.credits.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.mavster.credits.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Every problem the service answers with. The one place where a {@link Refusal} becomes one: its switches have no default, so a new code
 * must be given a status and a title here before anything compiles.
 */
@ApplicationScoped
public class Problems {

    private final String publicUrl;

    Problems(@ConfigProperty(name = "credits.public-url") String publicUrl) {
        this.publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }

    /** The problem for a refusal; a 402 gets the way out as {@code action} and {@code retryable_after}. */
    public Problem of(Refusal refusal) {
        Refusal.Code code = refusal.code();
        Problem problem = new Problem(
                status(code),
                code.name().toLowerCase(Locale.ROOT),
                title(code),
                refusal.detail(),
                refusal.members(),
                List.of(),
                Map.of());
        return switch (code) {
            case SUBSCRIPTION_REQUIRED -> wayOut(problem, "Choose a plan", "/billing/plans", "subscription");
            case INSUFFICIENT_CREDITS -> wayOut(problem, "Top up credits", "/billing/top-up", "top_up");
            case BUDGET_EXCEEDED -> wayOut(problem, "Change the budget", "/billing/budgets", "budget");
            case ACCOUNT_NOT_FOUND,
                    PLAN_NOT_FOUND,
                    DEBIT_NOT_FOUND,
                    RUN_NOT_FOUND,
                    RATE_EXISTS,
                    IDEMPOTENCY_KEY_REUSED,
                    RUN_EXISTS,
                    RUN_NOT_RUNNING,
                    ACTION_NOT_PRICED,
                    AMOUNT_REQUIRED,
                    REVERSAL_EXCEEDS_DEBIT,
                    BALANCE_LIMIT_EXCEEDED,
                    NO_TEST_CLOCK,
                    TEST_CLOCK_AHEAD -> problem;
        };
    }

    /** To throw where a refusal ends the request. */
    public ProblemException exception(Refusal refusal) {
        return new ProblemException(of(refusal));
    }

    private Problem wayOut(Problem problem, String label, String path, String retryableAfter) {
        Object accountId = problem.members().get("account_id");
        String query = accountId == null ? "" : "?account=" + URLEncoder.encode(accountId.toString(), UTF_8);
        Map<String, String> action = new LinkedHashMap<>();
        action.put("label", label);
        action.put("url", publicUrl + path + query);
        return problem.with("action", action).with("retryable_after", retryableAfter);
    }

    private static int status(Refusal.Code code) {
        return switch (code) {
            case ACCOUNT_NOT_FOUND, PLAN_NOT_FOUND, DEBIT_NOT_FOUND, RUN_NOT_FOUND -> 404;
            case RATE_EXISTS -> 409;
            case SUBSCRIPTION_REQUIRED, INSUFFICIENT_CREDITS, BUDGET_EXCEEDED -> 402;
            case RUN_EXISTS, RUN_NOT_RUNNING, NO_TEST_CLOCK -> 409;
            case IDEMPOTENCY_KEY_REUSED,
                    ACTION_NOT_PRICED,
                    AMOUNT_REQUIRED,
                    REVERSAL_EXCEEDS_DEBIT,
                    BALANCE_LIMIT_EXCEEDED,
                    TEST_CLOCK_AHEAD -> 422;
        };
    }

    private static String title(Refusal.Code code) {
        return switch (code) {
            case ACCOUNT_NOT_FOUND -> "Account not found";
            case PLAN_NOT_FOUND -> "Plan not found";
            case DEBIT_NOT_FOUND -> "Debit not found";
            case RUN_NOT_FOUND -> "Run not found";
            case RUN_EXISTS -> "Run exists";
            case RUN_NOT_RUNNING -> "Run not running";
            case ACTION_NOT_PRICED -> "Action not priced";
            case AMOUNT_REQUIRED -> "Amount required";
            case RATE_EXISTS -> "Rate exists";
            case IDEMPOTENCY_KEY_REUSED -> "Idempotency key reused";
            case SUBSCRIPTION_REQUIRED -> "Subscription required";
            case INSUFFICIENT_CREDITS -> "Insufficient credits";
            case BUDGET_EXCEEDED -> "Budget exceeded";
            case REVERSAL_EXCEEDS_DEBIT -> "Reversal exceeds the debit";
            case BALANCE_LIMIT_EXCEEDED -> "Balance limit exceeded";
            case NO_TEST_CLOCK -> "No test clock";
            case TEST_CLOCK_AHEAD -> "Test clock ahead";
        };
    }

    /** 400: one field of the input is wrong. The message says what it must be: "must be a number". */
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new Problem.InvalidField(field, message)));
    }

    /** 400: these fields of the input are wrong. */
    public static Problem invalid(List<Problem.InvalidField> errors) {
        String detail = errors.stream()
                .map(error -> error.field() + " " + error.message())
                .collect(Collectors.joining("; ", "", "."));
        return new Problem(400, "invalid_request", "Invalid request", detail, Map.of(), errors, Map.of());
    }

    /** To throw where one field of the input is wrong. */
    public static ProblemException invalidRequest(String field, String message) {
        return new ProblemException(invalid(field, message));
    }

    public static Problem idempotencyKeyRequired() {
        return Problem.of(
                        400,
                        "idempotency_key_required",
                        "Idempotency key required",
                        "Send an Idempotency-Key header, so that a repeat of this request has its effect once.")
                .withError(IdempotencyKey.HEADER, "is required");
    }

    public static Problem unauthenticated() {
        return Problem.of(
                        401,
                        "unauthenticated",
                        "Unauthenticated",
                        "Send a valid API key: Authorization: Bearer <api key>. This one is missing, unknown, expired or revoked.")
                .withHeader("WWW-Authenticate", "Bearer");
    }

    public static Problem forbidden() {
        return Problem.of(403, "forbidden", "Forbidden", "This API key may not do that.");
    }

    public static Problem notFound() {
        return notFound("There is nothing at this address.");
    }

    public static Problem notFound(String detail) {
        return Problem.of(404, "not_found", "Not found", detail);
    }

    static Problem methodNotAllowed() {
        return Problem.of(405, "method_not_allowed", "Method not allowed", "This address does not know that method.");
    }

    static Problem notAcceptable() {
        return Problem.of(
                406, "not_acceptable", "Not acceptable", "There is no answer in a media type that Accept allows.");
    }

    static Problem payloadTooLarge() {
        return Problem.of(413, "payload_too_large", "Payload too large", "A body may have at most 2 MB.");
    }

    static Problem unsupportedMediaType() {
        return Problem.of(
                415,
                "unsupported_media_type",
                "Unsupported media type",
                "Send the body as Content-Type: application/json.");
    }

    /** 503: too much is waiting already. */
    public static Problem overloaded() {
        return Problem.of(503, "overloaded", "Overloaded", "Too much is waiting already. Nothing was done; try again.")
                .withHeader("Retry-After", "1");
    }

    /** 503: the database could not be reached before anything was done. */
    public static Problem unavailable() {
        return Problem.of(
                        503,
                        "unavailable",
                        "Unavailable",
                        "The database cannot be reached. Nothing was done; try again.")
                .withHeader("Retry-After", "1");
    }

    /** 503: the commit was sent, but never confirmed. */
    public static Problem outcomeUnknown() {
        return Problem.of(
                        503,
                        "outcome_unknown",
                        "Outcome unknown",
                        "The database did not confirm. Retry with the same Idempotency-Key to learn the outcome.")
                .withHeader("Retry-After", "1");
    }

    public static Problem internalError(String errorId) {
        return Problem.of(
                        500,
                        "internal_error",
                        "Internal error",
                        "Something went wrong on our side. Name the error id when you ask about it.")
                .with("error_id", errorId);
    }
}
