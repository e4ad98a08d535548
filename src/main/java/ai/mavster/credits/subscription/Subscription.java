package ai.mavster.credits.subscription;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * An account's subscription.
 *
 * @param status as it was set; see {@link #statusAt}
 * @param anchor where the periods are counted from
 * @param period the last one that was entered; over already if its renewal is late
 * @param grantedUntil the end of the last period that had its monthly grant decided
 */
record Subscription(
        String accountId,
        PlanTerms plan,
        SubscriptionStatus status,
        Instant anchor,
        ZoneId zone,
        Period period,
        boolean cancelAtPeriodEnd,
        @Nullable Instant grantedUntil,
        Instant createdAt,
        Instant updatedAt) {

    /** One that is to end with its period is canceled from that instant on, whether or not the renewal job has been by. */
    SubscriptionStatus statusAt(Instant now) {
        return cancelAtPeriodEnd && status.isRunning() && !now.isBefore(period.end())
                ? SubscriptionStatus.CANCELED
                : status;
    }

    /** Whether the current period has had no monthly grant, nor any other that reaches into it. */
    boolean isUngranted() {
        return isUngrantedFrom(period.start());
    }

    boolean isUngrantedFrom(Instant start) {
        return grantedUntil == null || !start.isBefore(grantedUntil);
    }

    Subscription granted(Instant now) {
        return new Subscription(
                accountId, plan, status, anchor, zone, period, cancelAtPeriodEnd, period.end(), createdAt, now);
    }

    Subscription entering(Period next, Instant now) {
        return new Subscription(
                accountId, plan, status, anchor, zone, next, cancelAtPeriodEnd, grantedUntil, createdAt, now);
    }

    Subscription ended(Instant now) {
        return new Subscription(
                accountId,
                plan,
                SubscriptionStatus.CANCELED,
                anchor,
                zone,
                period,
                false,
                grantedUntil,
                createdAt,
                now);
    }
}
