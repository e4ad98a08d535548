package ai.mavster.credits.payment;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider that takes money from an account's owner. Every method asks it over the network: it blocks, up to a
 * deadline of its own, and ends in {@link GatewayFailure} where there is no answer or none that can be used. What takes
 * money is asked under the purchase's id, and asking again under the same id takes nothing more.
 */
public interface PaymentGateway {

    /** Which one. */
    Provider provider();

    /**
     * What callers may name as a payment method, the default one first; empty: nothing, the customer has saved one at
     * the provider. Asks nobody.
     */
    List<String> paymentMethods();

    /** The origins of the pages where customers pay and see to their subscriptions; empty: they are the service's own. */
    default List<String> pageOrigins() {
        return List.of();
    }

    /**
     * Makes a page where the customer pays.
     *
     * @param expiresAt from when on it cannot be paid there any more
     */
    CheckoutPage open(Order order, Instant expiresAt);

    /** Ends a page, so that nothing is paid there any more; whether or not something was before. */
    void close(String pageId);

    /**
     * Takes money by a saved payment method, without the customer.
     *
     * @param paymentMethod which one, in the provider's word; null: the account's default
     * @return how far it is: paid, pending, declined, or to be confirmed by the customer
     */
    ProviderPayment charge(Order order, @Nullable String paymentMethod);

    /** Ends a payment that is not paid yet, and returns what became of it: it may have been paid meanwhile. */
    ProviderPayment cancel(String paymentId);

    /** A payment's present state; null: there is no such one. */
    @Nullable
    ProviderPayment payment(String paymentId);

    /** What was paid, or tried, for a purchase: where the answer to a request was lost. Newest first. */
    List<ProviderPayment> paymentsFor(Purchase purchase);

    /**
     * All payments that were created within a time, for the reconciliation.
     *
     * @param cursor null: the first page
     */
    Page payments(Instant from, Instant to, @Nullable String cursor);

    /**
     * What is bought.
     *
     * @param description for the customer, on the page and the receipt
     * @param email for the receipt; null: unknown
     */
    record Order(
            Purchase purchase,
            Money price,
            String description,
            @Nullable String email) {}

    /**
     * Where a customer pays.
     *
     * @param id the provider's own, such as Stripe's {@code cs_…}
     */
    record CheckoutPage(String id, String url) {}

    /**
     * Some payments, newest first.
     *
     * @param nextCursor null: these are the last
     */
    record Page(List<ProviderPayment> payments, @Nullable String nextCursor) {}

    /** Those that there are. */
    enum Provider {
        SANDBOX,
        STRIPE;

        /** As in the configuration and in the database: {@code stripe}. */
        public String id() {
            return EnumId.of(this);
        }
    }
}
