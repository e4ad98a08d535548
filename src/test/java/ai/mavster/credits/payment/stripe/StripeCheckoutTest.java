package ai.mavster.credits.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.payment.stripe.StripeActions.Card;
import ai.mavster.credits.payment.stripe.StripeServer.Trouble;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Credits that are bought at Stripe, from the order to what becomes of the money. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(LocalStripe.class)
class StripeCheckoutTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TestHTTPResource("/")
    String service;

    @Inject
    MovableClock clock;

    StripeServer stripe;

    @AfterEach
    void allIsWell() {
        stripe.release();
        clock.reset();
    }

    private static Reply order(Customer customer, String key) {
        return Customer.post(customer.path("/checkouts"), key, "{'pack': 'medium'}");
    }

    private static String page(Reply checkout) {
        String url = checkout.is(201).at("url");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private void happens(String type, String id) {
        assertThat(Delivery.of(type, id).sendTo(service)).isEqualTo(204);
    }

    private static void awaitBalance(Customer customer, String balance) {
        Eventually.holds(
                SOON, () -> balance.equals(customer.balance().at("balance")), () -> "the balance is " + balance);
    }

    @Test
    void aPackIsBoughtRefundedDisputedAndWonBack() {
        Customer customer = Customer.create();
        String key = Customer.newKey();
        String page = page(order(customer, key));
        assertThat(page(order(customer, key))).isEqualTo(page);
        String intent = stripe.actions().pay(page, Card.OK);
        happens("checkout.session.completed", page);
        happens("payment_intent.succeeded", intent);
        awaitBalance(customer, "6000");
        assertThat(Customer.get(customer.path("/checkouts")).rows("data", "status"))
                .containsExactly("paid");
        happens("refund.created", stripe.actions().refund(intent, 2450));
        awaitBalance(customer, "3000");
        String dispute = stripe.actions().dispute(intent, 4900, "needs_response");
        happens("charge.dispute.created", dispute);
        awaitBalance(customer, "0");
        stripe.actions().close(dispute, "won");
        happens("charge.dispute.closed", dispute);
        awaitBalance(customer, "3000");
        assertThat(Customer.get(customer.path("/proof")).at("balanced")).isEqualTo("true");
    }

    @Test
    void whatCannotBeAskedForGoesOnLater() {
        for (Trouble trouble : new Trouble[] {Trouble.DOWN, Trouble.SLOW_AFTER, Trouble.RATE_LIMITED}) {
            Customer customer = Customer.create();
            String key = Customer.newKey();
            stripe.trouble(trouble, "(POST|GET) /v1/checkout/sessions", 100);
            order(customer, key).is(503, "payment_provider_unavailable");
            // Stripe is still in trouble: nothing of the ledger waits for it.
            Customer.having("10").debit("1").is(201);
            stripe.release();
            String page = page(order(customer, key));
            stripe.actions().pay(page, Card.OK);
            happens("checkout.session.completed", page);
            awaitBalance(customer, "6000");
            assertThat(stripe.objects()
                            .all(
                                    "checkout.session",
                                    made -> made.at("/metadata/account_id")
                                            .asText()
                                            .equals(customer.id)))
                    .hasSize(1);
        }
    }

    @Test
    void whatIsNotPaidExpires() {
        Customer customer = Customer.create();
        String page = page(order(customer, Customer.newKey()));
        stripe.actions().expire(page);
        happens("checkout.session.expired", page);
        Eventually.holds(
                SOON,
                () -> Customer.get(customer.path("/checkouts"))
                        .rows("data", "status")
                        .get(0)
                        .matches("expired|canceled"),
                () -> Customer.get(customer.path("/checkouts")).body());
        assertThat(customer.balance().at("balance")).isEqualTo("0");
    }
}
