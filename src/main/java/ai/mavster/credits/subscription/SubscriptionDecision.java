package ai.mavster.credits.subscription;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** How a subscription changes: pure functions of what it was, what is asked for, and the time. */
final class SubscriptionDecision {

    private SubscriptionDecision() {}

    /**
     * What a caller asks a subscription to be.
     *
     * @param anchor null: the one it has, or now for a new one
     * @param zone null: the one it has
     * @param newZone for a subscription that has none
     */
    record Wish(
            String accountId,
            PlanTerms plan,
            SubscriptionStatus status,
            @Nullable Instant anchor,
            @Nullable ZoneId zone,
            ZoneId newZone,
            boolean cancelAtPeriodEnd) {}

    /**
     * The subscription as wished. A running one keeps its period, even if its renewal is late, unless its anchor or zone moves; one that
     * starts to run enters the period that holds now.
     */
    static Subscription change(@Nullable Subscription before, Wish wish, Instant now) {
        Instant anchor = wish.anchor() == null ? anchor(before, now) : wish.anchor();
        ZoneId zone = wish.zone() != null ? wish.zone() : before == null ? wish.newZone() : before.zone();
        return new Subscription(
                wish.accountId(),
                wish.plan(),
                wish.status(),
                anchor,
                zone,
                period(before, wish, anchor, zone, now),
                wish.cancelAtPeriodEnd() && wish.status().isRunning(),
                before == null ? null : before.grantedUntil(),
                before == null ? now : before.createdAt(),
                now);
    }

    private static Period period(@Nullable Subscription before, Wish wish, Instant anchor, ZoneId zone, Instant now) {
        boolean keeps = before != null
                && before.anchor().equals(anchor)
                && before.zone().equals(zone)
                && (now.isBefore(before.period().end())
                        || before.statusAt(now).isRunning()
                        || !wish.status().isRunning());
        return before != null && keeps ? before.period() : Period.holding(anchor, zone, now);
    }

    /** Resubscribing after the granted time is over starts anew; within it, or after a pause, the periods go on as they were. */
    private static Instant anchor(@Nullable Subscription before, Instant now) {
        if (before == null) {
            return now;
        }
        boolean startsAnew = before.statusAt(now) == SubscriptionStatus.CANCELED
                && (before.grantedUntil() == null || !now.isBefore(before.grantedUntil()));
        return startsAnew ? now : before.anchor();
    }

    /** Whether a change makes the current period's monthly grant at once. */
    static boolean grants(Subscription after, Instant now) {
        return after.statusAt(now).isRunning()
                && after.isUngranted()
                && now.isBefore(after.period().end());
    }

    /** What is due for a subscription. */
    enum Due {
        NOTHING,
        /** It enters the next period. */
        RENEWAL,
        /** It was to be canceled at the end of its period. */
        END
    }

    static Due due(@Nullable Subscription subscription, Instant asOf) {
        if (subscription == null
                || !subscription.status().isRunning()
                || asOf.isBefore(subscription.period().end())) {
            return Due.NOTHING;
        }
        return subscription.cancelAtPeriodEnd() ? Due.END : Due.RENEWAL;
    }
}
