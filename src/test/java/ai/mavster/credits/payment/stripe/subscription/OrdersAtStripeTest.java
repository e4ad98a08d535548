package ai.mavster.credits.payment.stripe.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.stripe.LocalStripe;
import ai.mavster.credits.payment.stripe.StripeServer;
import ai.mavster.credits.payment.stripe.SubscriptionActions;
import ai.mavster.credits.payment.subscription.SubscriptionGateway.Order;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What Stripe is asked for where an owner orders a plan, or sees to the one they have. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(LocalStripe.class)
class OrdersAtStripeTest {

    @Inject
    OrdersAtStripe orders;

    StripeServer stripe;

    private JsonNode lastAsked(String path) {
        return stripe.asked().stream()
                .filter(request ->
                        request.method().equals("POST") && request.path().equals(path))
                .reduce((first, last) -> last)
                .orElseThrow()
                .form();
    }

    @Test
    void aNewSubscriptionIsPaidAtACheckoutThatNamesItsAccount() {
        Customer customer = Customer.create();
        String plan = "plan-" + customer.id;
        String price = new SubscriptionActions(stripe).price(plan);

        String page = orders.page(new Order(customer.id, plan, "Some plan", null));

        JsonNode asked = lastAsked("/v1/checkout/sessions");
        assertThat(page).startsWith("https://checkout.stripe.example/");
        assertThat(asked.get("mode").asText()).isEqualTo("subscription");
        assertThat(asked.at("/line_items/0/price").asText()).isEqualTo(price);
        assertThat(asked.at("/subscription_data/metadata/account_id").asText()).isEqualTo(customer.id);
        assertThat(asked.get("success_url").asText())
                .isEqualTo("https://credits.example/billing/plans?account=" + customer.id + "&outcome=paid");
        assertThatThrownBy(() -> orders.page(new Order(customer.id, "no-price", "None", null)))
                .isInstanceOf(GatewayFailure.class)
                .hasMessageContaining("no-price");
    }

    @Test
    void oneAccountHasOnePageToPayAt() {
        Customer customer = Customer.create();
        SubscriptionActions there = new SubscriptionActions(stripe);
        String plan = "plan-" + customer.id;
        String another = "another-" + customer.id;
        there.price(plan);
        there.price(another);
        Order order = new Order(customer.id, plan, "Some plan", null);

        String page = orders.page(order);
        assertThat(orders.page(order)).as("gone on with").isEqualTo(page);
        String later = orders.page(new Order(customer.id, another, "Another", null));

        assertThat(later).isNotEqualTo(page);
        assertThat(there.status(page.replaceAll(".*/", ""))).isEqualTo("expired");
        assertThat(orders.page(order)).as("what is closed is not shown again").isNotEqualTo(page);
        assertThat(there.status(later.replaceAll(".*/", ""))).isEqualTo("expired");
    }

    @Test
    void whatWasPaidAMomentAgoIsNotOrderedOnceMore() {
        Customer customer = Customer.create();
        SubscriptionActions there = new SubscriptionActions(stripe);
        String plan = "plan-" + customer.id;
        there.price(plan);
        Order order = new Order(customer.id, plan, "Some plan", null);
        String page = orders.page(order);
        String id = there.subscribe(there.customer(), customer.id, plan, Instant.now());
        there.change(
                page.replaceAll(".*/", ""),
                session -> session.put("status", "complete").put("subscription", id));

        assertThat(orders.page(order)).startsWith("https://billing.stripe.example/");
        there.status(id, "canceled");
        assertThat(orders.page(order)).startsWith("https://checkout.stripe.example/");
    }

    @Test
    void theOneThereIsIsChangedAndSettledAtTheCustomerPortal() {
        Customer customer = Customer.create();
        SubscriptionActions there = new SubscriptionActions(stripe);
        String plan = "plan-" + customer.id;
        String price = there.price(plan);
        String id = there.subscribe(there.customer(), customer.id, "basic", Instant.now());

        assertThat(orders.page(new Order(customer.id, plan, "Some plan", id)))
                .startsWith("https://billing.stripe.example/");
        JsonNode flow = lastAsked("/v1/billing_portal/sessions").get("flow_data");
        assertThat(flow.get("type").asText()).isEqualTo("subscription_update_confirm");
        assertThat(flow.at("/subscription_update_confirm/subscription").asText())
                .isEqualTo(id);
        assertThat(flow.at("/subscription_update_confirm/items/0/price").asText())
                .isEqualTo(price);

        orders.page(new Order(customer.id, "basic", "Basic", id));
        assertThat(lastAsked("/v1/billing_portal/sessions").has("flow_data")).isFalse();
    }

    @Test
    void stripeIsAskedToEndAndToGoOn() {
        SubscriptionActions there = new SubscriptionActions(stripe);
        String id = there.subscribe(there.customer(), "acct", "basic", Instant.now());

        orders.cancelAtPeriodEnd(id, true);
        assertThat(lastAsked("/v1/subscriptions/" + id)
                        .get("cancel_at_period_end")
                        .asText())
                .isEqualTo("true");
        orders.cancelAtPeriodEnd(id, false);
        assertThat(lastAsked("/v1/subscriptions/" + id)
                        .get("cancel_at_period_end")
                        .asText())
                .isEqualTo("false");
    }
}
