package ai.mavster.credits.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Set;

/** What an answer, or its absence, tells a caller of what became of the request. Every one is of one kind. */
enum AnswerKind {
    /** It was done, now or by an earlier attempt. */
    DONE,
    /** Understood and refused, as the contract has it: nothing was done. */
    REFUSED,
    /** Nothing was done, and it may be tried again. */
    TRANSIENT,
    /** It may have been done or not; only the same key tells. */
    AMBIGUOUS,
    /** No caller should ever get this. */
    BUG;

    private static final Set<String> REFUSALS = Set.of(
            "insufficient_credits",
            "budget_exceeded",
            "subscription_required",
            "reversal_exceeds_debit",
            "run_not_running");

    private static final Set<String> NOTHING_DONE = Set.of("overloaded", "unavailable");

    static AnswerKind of(int status, JsonNode body) {
        String code = body.path("code").asText();
        return switch (status) {
            case 200, 201 -> DONE;
            // Asked for so long that the time is over when the credits would have ended: nothing else here can be
            // invalid.
            case 400 -> body.at("/errors/0/field").asText().equals("expires_at") ? REFUSED : BUG;
            case 402, 404, 409, 422 -> REFUSALS.contains(code) ? REFUSED : BUG;
            case 408, 429 -> TRANSIENT;
            case 503 -> code.equals("outcome_unknown") ? AMBIGUOUS : NOTHING_DONE.contains(code) ? TRANSIENT : BUG;
            default -> BUG;
        };
    }

    /** Without an answer: whether the request could have left. */
    static AnswerKind of(IOException failure) {
        return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException
                ? TRANSIENT
                : AMBIGUOUS;
    }

    boolean isDefinite() {
        return this == DONE || this == REFUSED || this == BUG;
    }
}
