package ai.mavster.credits.http;

import ai.mavster.credits.EnumId;

/**
 * Why a request failed before, or beside, what it asked for: the codes of problems that are no
 * {@link ai.mavster.credits.Refusal}. Any endpoint may answer with them.
 */
public enum ProblemCode {
    INVALID_REQUEST(400, "Invalid request", "`errors` names each field, parameter or header, and what it must be."),
    IDEMPOTENCY_KEY_REQUIRED(400, "Idempotency key required", "The `Idempotency-Key` header is missing."),
    UNAUTHENTICATED(401, "Unauthenticated", "The key is missing, unknown, expired or revoked."),
    FORBIDDEN(403, "Forbidden", "The key lacks the scope, or is bound to an account and this is not about one."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "The address has other methods; `Allow` lists them."),
    NOT_ACCEPTABLE(406, "Not acceptable", "There is no answer in a media type that `Accept` allows."),
    REQUEST_TIMEOUT(408, "Request timeout", "The body did not arrive in time. Nothing was done; try again."),
    PAYLOAD_TOO_LARGE(413, "Payload too large", "The body is too large."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "The body is sent as `application/json`."),
    RATE_LIMITED(
            429, "Too many requests", "More requests than the key's rate limit. Nothing was done; try again later."),
    INTERNAL_ERROR(500, "Internal error", "A fault of ours; `error_id` finds it in the log."),
    OVERLOADED(503, "Overloaded", "Too much is waiting already. Nothing was done; try again."),
    UNAVAILABLE(503, "Unavailable", "The database cannot be reached. Nothing was done; try again."),
    OUTCOME_UNKNOWN(503, "Outcome unknown", "The database did not confirm. A repeat with the same key tells.");

    private final int status;
    private final String title;
    private final String meaning;

    ProblemCode(int status, String title, String meaning) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The reason for people, the same for every problem with this code. */
    public String title() {
        return title;
    }

    /** When it is given, in a sentence of the contract. */
    public String meaning() {
        return meaning;
    }

    /** The reason for programs: {@code invalid_request}. */
    public String id() {
        return EnumId.of(this);
    }
}
