package ai.mavster.credits.payment.stripe.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.mavster.credits.http.PublicUrl;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.stripe.client.StripeApi;
import ai.mavster.credits.payment.stripe.customer.Customers;
import ai.mavster.credits.payment.subscription.SubscriptionGateway;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.billingportal.SessionCreateParams.FlowData;
import com.stripe.param.checkout.SessionCreateParams;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions as their owners order them: a new one at Stripe's Checkout, all else at its customer portal. What comes
 * of it is announced, and followed.
 */
@Singleton
class OrdersAtStripe implements SubscriptionGateway {

    private static final String SUBSCRIPTION = "sub_";
    private static final Set<String> ENDED = Set.of("canceled", "incomplete_expired");

    private final StripeApi stripe;
    private final SubscriptionsAtStripe present;
    private final CheckoutsAtStripe checkouts;
    private final Customers customers;
    private final PublicUrl publicUrl;

    OrdersAtStripe(
            StripeApi stripe,
            SubscriptionsAtStripe present,
            CheckoutsAtStripe checkouts,
            Customers customers,
            PublicUrl publicUrl) {
        this.stripe = stripe;
        this.present = present;
        this.checkouts = checkouts;
        this.customers = customers;
        this.publicUrl = publicUrl;
    }

    @Override
    public PaymentGateway.Provider provider() {
        return PaymentGateway.Provider.STRIPE;
    }

    @Override
    public boolean hasMade(String subscriptionId) {
        return subscriptionId.startsWith(SUBSCRIPTION);
    }

    @Override
    public String page(Order order) {
        String customer = customers.of(order.accountId(), null).getId();
        String price = priceOf(order.planId());
        Subscription current = order.current() == null
                ? paidLately(customer)
                : present.find(order.current()).orElse(null);
        return current == null ? checkout(order, customer, price) : portal(order, customer, current, price);
    }

    /** What was paid a moment ago is not ordered a second time, even if it has not been announced yet. */
    private @Nullable Subscription paidLately(String customer) {
        return checkouts.subscribedLately(customer).stream()
                .flatMap(id -> present.find(id).stream())
                .filter(subscription -> !ENDED.contains(subscription.getStatus()))
                .findFirst()
                .orElse(null);
    }

    /** The price that stands for a plan; null: it is not known by a lookup key. */
    private @Nullable String priceOf(String planId) {
        PriceListParams asked = PriceListParams.builder()
                .addLookupKey(planId)
                .setActive(true)
                .setLimit(1L)
                .build();
        return stripe.ask(services -> services.prices().list(asked)).getData().stream()
                .map(Price::getId)
                .findFirst()
                .orElse(null);
    }

    private String checkout(Order order, String customer, @Nullable String price) {
        if (price == null) {
            throw GatewayFailure.nothingDone("No price at Stripe has the lookup key " + order.planId(), null, null);
        }
        SessionCreateParams.Builder wanted = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setCustomer(customer)
                .addLineItem(SessionCreateParams.LineItem.builder()
                        .setPrice(price)
                        .setQuantity(1L)
                        .build())
                .setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                        .putMetadata(Customers.ACCOUNT_ID, order.accountId())
                        .build())
                .setSuccessUrl(back(order) + "&outcome=paid")
                .setCancelUrl(back(order));
        return checkouts.page(order, customer, price, wanted);
    }

    private String back(Order order) {
        return publicUrl + "/billing/plans?account=" + URLEncoder.encode(order.accountId(), UTF_8);
    }

    private String portal(Order order, String customer, Subscription current, @Nullable String price) {
        com.stripe.param.billingportal.SessionCreateParams.Builder wanted =
                com.stripe.param.billingportal.SessionCreateParams.builder()
                        .setCustomer(customer)
                        .setReturnUrl(back(order));
        if (!order.planId().equals(SubscriptionsAtStripe.planOf(current))) {
            wanted.setFlowData(price == null ? choosing(current) : confirming(current, price));
        }
        return stripe.ask(services -> services.billingPortal().sessions().create(wanted.build()))
                .getUrl();
    }

    private static FlowData confirming(Subscription current, String price) {
        String item = current.getItems().getData().get(0).getId();
        return FlowData.builder()
                .setType(FlowData.Type.SUBSCRIPTION_UPDATE_CONFIRM)
                .setSubscriptionUpdateConfirm(FlowData.SubscriptionUpdateConfirm.builder()
                        .setSubscription(current.getId())
                        .addItem(FlowData.SubscriptionUpdateConfirm.Item.builder()
                                .setId(item)
                                .setPrice(price)
                                .setQuantity(1L)
                                .build())
                        .build())
                .build();
    }

    /** At the portal, among those that it offers. */
    private static FlowData choosing(Subscription current) {
        return FlowData.builder()
                .setType(FlowData.Type.SUBSCRIPTION_UPDATE)
                .setSubscriptionUpdate(FlowData.SubscriptionUpdate.builder()
                        .setSubscription(current.getId())
                        .build())
                .build();
    }

    @Override
    public void cancelAtPeriodEnd(String subscriptionId, boolean cancels) {
        SubscriptionUpdateParams wanted =
                SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(cancels).build();
        stripe.ask(services -> services.subscriptions().update(subscriptionId, wanted));
    }
}
