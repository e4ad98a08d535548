package ai.mavster.credits.payment.stripe.subscription;

import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/** What a status at Stripe makes of an account's subscription. Pure. */
final class StripeStatus {

    private StripeStatus() {}

    /**
     * @param collectionPaused its payments are, whatever it is else
     * @return null: it has never begun, so it makes nothing
     */
    static @Nullable SubscriptionStatus of(String status, boolean collectionPaused) {
        return switch (status) {
            case "canceled" -> SubscriptionStatus.CANCELED;
            case "incomplete", "incomplete_expired" -> null;
            case "paused" -> SubscriptionStatus.PAUSED;
            case "active" -> collectionPaused ? SubscriptionStatus.PAUSED : SubscriptionStatus.ACTIVE;
            case "trialing" -> collectionPaused ? SubscriptionStatus.PAUSED : SubscriptionStatus.TRIALING;
            // past_due and unpaid; what a later version may add is not for spending either
            default -> collectionPaused ? SubscriptionStatus.PAUSED : SubscriptionStatus.PAST_DUE;
        };
    }
}
