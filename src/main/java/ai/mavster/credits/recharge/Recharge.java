package ai.mavster.credits.recharge;

import ai.mavster.credits.Credits;
import ai.mavster.credits.recharge.terms.RechargeStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recharge. Its price is its payment's, which has the same id.
 *
 * @param periodStart of the period that it counts in, by the account's time as {@code createdAt} and {@code endedAt}
 * @param askedAt when the provider was first asked for it, by the real time; null: it was not
 * @param endedAt null: it has not ended
 */
record Recharge(
        String accountId,
        UUID rechargeId,
        RechargeStatus status,
        Credits credits,
        @Nullable String paymentMethod,
        Instant periodStart,
        Instant createdAt,
        @Nullable Instant askedAt,
        @Nullable Instant endedAt) {

    /** At another status. */
    Recharge at(RechargeStatus now, Instant at) {
        return new Recharge(
                accountId,
                rechargeId,
                now,
                credits,
                paymentMethod,
                periodStart,
                createdAt,
                askedAt,
                now.isOpen() ? null : at);
    }

    /** The provider is going to be asked; it may have been before. */
    Recharge asked(RechargeStatus now, Instant at) {
        return new Recharge(
                accountId,
                rechargeId,
                now,
                credits,
                paymentMethod,
                periodStart,
                createdAt,
                askedAt == null ? at : askedAt,
                endedAt);
    }
}
