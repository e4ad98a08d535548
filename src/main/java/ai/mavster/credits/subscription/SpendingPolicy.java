package ai.mavster.credits.subscription;

import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Under which subscriptions credits may be spent.
 *
 * @param pastDueGrace how long a subscription that fell past due may go on spending
 */
record SpendingPolicy(Set<SubscriptionStatus> statuses, Duration pastDueGrace) {

    boolean allows(@Nullable Subscription subscription, Instant now) {
        if (subscription == null) {
            return false;
        }
        SubscriptionStatus status = subscription.statusAt(now);
        Instant graceUntil = graceUntil(subscription, now);
        return statuses.contains(status) || (graceUntil != null && now.isBefore(graceUntil));
    }

    /** Until when a subscription that is past due may go on spending; null: it is not past due, or has no such time. */
    @Nullable
    Instant graceUntil(Subscription subscription, Instant now) {
        boolean hasGrace = subscription.statusAt(now) == SubscriptionStatus.PAST_DUE
                && !pastDueGrace.isZero()
                && !statuses.contains(SubscriptionStatus.PAST_DUE);
        return hasGrace ? subscription.statusSince().plus(pastDueGrace) : null;
    }
}
