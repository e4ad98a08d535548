package ai.mavster.credits.payment.subscription;

import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.PaymentGateway;
import org.jspecify.annotations.Nullable;

/**
 * A provider at which subscriptions are paid. What asks it over the network blocks, and ends in {@link GatewayFailure}
 * where there is no answer or none that can be used. Implementations are beans.
 */
public interface SubscriptionGateway {

    /** Which one. */
    PaymentGateway.Provider provider();

    /** Whether an id is one of its subscriptions'. Asks nobody. */
    boolean hasMade(String subscriptionId);

    /** A page where the owner pays for a plan, or sees to the payment of the one there is. */
    String page(Order order);

    /** Has a subscription end with what is paid for, or go on after it; it is announced as any other change. */
    void cancelAtPeriodEnd(String subscriptionId, boolean cancels);

    /**
     * What is to be paid for.
     *
     * @param planName for the customer
     * @param current the provider's subscription that the account has; null: none of this provider's, or it has ended
     */
    record Order(
            String accountId,
            String planId,
            String planName,
            @Nullable String current) {}
}
