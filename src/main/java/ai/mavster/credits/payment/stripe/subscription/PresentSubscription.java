package ai.mavster.credits.payment.stripe.subscription;

import ai.mavster.credits.subscription.terms.PaidTime;
import ai.mavster.credits.subscription.terms.PlanChange;
import ai.mavster.credits.subscription.terms.ProviderSubscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as Stripe has it at one moment.
 *
 * @param planId which plan its price stands for; null: it does not say
 * @param anchor where Stripe counts its months from; it may lie ahead
 * @param paid what is paid for; null: months are granted by the calendar
 */
record PresentSubscription(
        String id,
        @Nullable String planId,
        SubscriptionStatus status,
        Instant anchor,
        boolean cancelAtPeriodEnd,
        Instant createdAt,
        @Nullable PaidTime paid) {

    /** By the name that time zones have. */
    private static final ZoneId UTC = ZoneId.of("UTC");

    /**
     * What the account's subscription is asked to be.
     *
     * @param fetchedAt when Stripe was asked
     * @param now the account's own time
     */
    SubscriptionDecision.Request request(String account, Instant fetchedAt, Instant now) {
        boolean ended = status == SubscriptionStatus.CANCELED;
        return new SubscriptionDecision.Request(
                account,
                ended ? null : planId,
                null,
                status,
                ended ? null : BillingAnchor.of(anchor, now),
                ended ? null : UTC,
                cancelAtPeriodEnd,
                PlanChange.NEXT_RENEWAL,
                null,
                new ProviderSubscription(id, createdAt, fetchedAt, paid));
    }
}
