package ai.mavster.credits.recharge.terms;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be done about a recharge next. */
public enum NextStep {
    /** Ask the provider to take the money, under the recharge's key; or ask it again. */
    CHARGE,
    /** Ask the provider what became of it. */
    LOOK_UP,
    /** End at the provider what is not paid, and ask what became of it. */
    CANCEL,
    /** End it: the provider was never asked. */
    EXPIRE,
    /** It has ended. */
    NONE;

    /** So long a provider surely knows a key again; Stripe keeps them for 24 hours. */
    static final Duration KEY_KEPT = Duration.ofHours(23);

    /**
     * Decides. Pure; all times are real ones.
     *
     * @param orderedAt when it was made
     * @param askedAt when the provider was first asked to take the money; null: it was not
     * @param expiresAfter how long it may take
     * @param closed the account is: no more money is taken
     */
    public static NextStep of(
            RechargeStatus status,
            Instant orderedAt,
            @Nullable Instant askedAt,
            Instant now,
            Duration expiresAfter,
            boolean closed) {
        return switch (status) {
            case CREATED, CHARGING, UNKNOWN -> unanswered(orderedAt, askedAt, now, expiresAfter, closed);
            case PENDING, CONFIRMATION_NEEDED ->
                closed || !now.isBefore(orderedAt.plus(expiresAfter)) ? CANCEL : LOOK_UP;
            case SUCCEEDED, UNCREDITED, DECLINED, EXPIRED -> NONE;
        };
    }

    private static NextStep unanswered(
            Instant orderedAt, @Nullable Instant askedAt, Instant now, Duration expiresAfter, boolean closed) {
        if (askedAt == null) {
            return closed || !now.isBefore(orderedAt.plus(expiresAfter)) ? EXPIRE : CHARGE;
        }
        return closed || !now.isBefore(askedAt.plus(KEY_KEPT)) ? CANCEL : CHARGE;
    }
}
