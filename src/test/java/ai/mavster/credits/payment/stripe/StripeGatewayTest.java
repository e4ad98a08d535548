package ai.mavster.credits.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Money;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.PaymentGateway.CheckoutPage;
import ai.mavster.credits.payment.PaymentGateway.Order;
import ai.mavster.credits.payment.PaymentGateway.Page;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.ProviderPayment.Status;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.payment.stripe.StripeActions.Card;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the gateway asks Stripe for, by the real library over the wire, and what it makes of the answers. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(LocalStripe.class)
class StripeGatewayTest {

    @Inject
    StripeGateway gateway;

    StripeServer stripe;

    private final Instant tomorrow = Instant.now().plus(Duration.ofHours(24));

    private ProviderPayment now(String id) {
        return gateway.payment(id);
    }

    private static List<Object> statusAndLosses(ProviderPayment payment) {
        List<Object> all = new ArrayList<>(List.of(payment.status()));
        all.add(payment.refunded());
        all.add(payment.disputed());
        return all;
    }

    @Test
    void aPageIsMadeOnceUnderThePurchasesId() {
        Customer customer = Customer.create();
        Customer.put(customer.path(""), "{'name': 'Example Inc.'}").is(200);
        Order order = Orders.checkout(customer);
        CheckoutPage page = gateway.open(order, tomorrow);
        assertThat(gateway.open(order, tomorrow)).isEqualTo(page);

        ObjectNode session = stripe.objects().get(page.id());
        ObjectNode customerThere = stripe.objects().get(session.get("customer").asText());
        String id = order.purchase().id().toString();
        assertThat(page.url()).isEqualTo(session.get("url").asText());
        assertThat(session.get("client_reference_id").asText()).isEqualTo(id);
        assertThat(PurchaseMetadata.of(order.purchase()))
                .containsEntry("account_id", customer.id)
                .hasSize(3)
                .allSatisfy((name, value) -> assertThat(List.of(
                                session.at("/metadata/" + name).asText(),
                                session.at("/payment_intent_data/metadata/" + name)
                                        .asText()))
                        .containsExactly(value, value));
        assertThat(session.at("/payment_intent_data/setup_future_usage").asText())
                .isEqualTo("off_session");
        assertThat(session.get("mode").asText()).isEqualTo("payment");
        assertThat(session.get("amount_total").asLong()).isEqualTo(4900);
        assertThat(session.get("success_url").asText())
                .isEqualTo("https://credits.example/billing/top-up?account=" + customer.id + "&outcome=paid");
        assertThat(session.get("expires_at").asLong())
                .isLessThan(session.get("created").asLong() + 24 * 3600);
        assertThat(customerThere.at("/metadata/account_id").asText()).isEqualTo(customer.id);
        assertThat(customerThere.get("email").asText() + " "
                        + customerThere.get("name").asText())
                .isEqualTo("owner@example.com Example Inc.");
    }

    @Test
    void aPageIsFollowedToItsEnd() {
        Order order = Orders.checkout(Customer.create());
        String page = gateway.open(order, tomorrow).id();
        assertThat(now(page))
                .extracting(ProviderPayment::id, ProviderPayment::purchase, ProviderPayment::status)
                .containsExactly(page, order.purchase(), Status.PENDING);
        String intent = stripe.actions().pay(page, Card.DECLINED);
        assertThat(now(intent).status()).as("another card can be tried").isEqualTo(Status.PENDING);
        stripe.actions().pay(page, Card.OK);
        assertThat(List.of(now(page), now(intent)))
                .allSatisfy(paid -> assertThat(paid)
                        .extracting(ProviderPayment::id, ProviderPayment::status, ProviderPayment::amount)
                        .containsExactly(intent, Status.PAID, Orders.euros("49")));
        assertThat(now(intent).paidAt()).isNotNull();
        assertThat(gateway.paymentsFor(order.purchase()))
                .extracting(ProviderPayment::id)
                .containsExactly(intent);
        gateway.close(page);
        assertThat(now(intent).status()).isEqualTo(Status.PAID);
    }

    @Test
    void aDirectDebitTakesDaysAndMayComeBack() {
        String page = gateway.open(Orders.checkout(Customer.create()), tomorrow).id();
        String intent = stripe.actions().pay(page, Card.DAYS);
        assertThat(now(intent).status()).isEqualTo(Status.PENDING);
        stripe.actions().fail(intent);
        assertThat(List.of(now(page), now(intent)))
                .extracting(ProviderPayment::status)
                .containsExactly(Status.DECLINED, Status.DECLINED);
    }

    @Test
    void aPageThatIsClosedTakesNothingAnyMore() {
        Order order = Orders.checkout(Customer.create());
        String page = gateway.open(order, tomorrow).id();
        String intent = stripe.actions().pay(page, Card.DECLINED);
        assertThat(gateway.cancel(intent).status()).isEqualTo(Status.CANCELED);
        assertThat(stripe.objects().get(page).get("status").asText()).isEqualTo("expired");
        assertThat(now(page).status()).isEqualTo(Status.CANCELED);
        gateway.close(page);
        assertThatThrownBy(() -> gateway.open(order, tomorrow.plusSeconds(-7200)))
                .isInstanceOf(GatewayFailure.class);
    }

    @Test
    void theCardThatWasSavedLastPaysOnce() {
        Customer customer = Customer.create();
        stripe.actions().pay(gateway.open(Orders.checkout(customer), tomorrow).id(), Card.OK);
        Order order = Orders.recharge(customer);
        ProviderPayment paid = gateway.charge(order, null);
        assertThat(gateway.charge(order, null)).isEqualTo(paid);
        assertThat(paid)
                .extracting(ProviderPayment::status, ProviderPayment::amount, ProviderPayment::purchase)
                .containsExactly(Status.PAID, Orders.euros("49"), order.purchase());
        assertThat(gateway.paymentsFor(order.purchase())).containsExactly(paid);
        assertThat(gateway.paymentsFor(Orders.recharge(customer).purchase())).isEmpty();
        assertThat(gateway.paymentsFor(Orders.recharge(Customer.create()).purchase()))
                .isEmpty();
    }

    @Test
    void theDefaultCardComesBeforeOthers() {
        Customer customer = Customer.create();
        String page = gateway.open(Orders.checkout(customer), tomorrow).id();
        String there = stripe.objects().get(page).get("customer").asText();
        String chosen = stripe.actions().saveCard(there, Card.DECLINED);
        stripe.actions().saveCard(there, Card.OK);
        stripe.objects()
                .change(
                        there,
                        made -> made.withObjectProperty("invoice_settings").put("default_payment_method", chosen));
        ProviderPayment declined = gateway.charge(Orders.recharge(customer), null);
        assertThat(declined)
                .extracting(ProviderPayment::status, ProviderPayment::declineCode)
                .containsExactly(Status.DECLINED, "insufficient_funds");
        assertThat(now(declined.id())).isEqualTo(declined);
    }

    @Test
    void whoHasNoCardIsDeclined() {
        assertThat(gateway.charge(Orders.recharge(Customer.create()), null))
                .extracting(ProviderPayment::status, ProviderPayment::declineCode)
                .containsExactly(Status.DECLINED, "no_payment_method");
    }

    @Test
    void whatHasToBeConfirmedHasAPageForThat() {
        Customer customer = Customer.create();
        String page = gateway.open(Orders.checkout(customer), tomorrow).id();
        stripe.actions().saveCard(stripe.objects().get(page).get("customer").asText(), Card.CONFIRM);
        Order order = Orders.recharge(customer);
        ProviderPayment waiting = gateway.charge(order, null);
        assertThat(gateway.charge(order, null)).isEqualTo(waiting);
        assertThat(waiting)
                .extracting(ProviderPayment::status, ProviderPayment::confirmationUrl)
                .containsExactly(Status.CONFIRMATION_NEEDED, "https://hooks.stripe.example/3ds/" + waiting.id());
        stripe.actions().succeed(waiting.id());
        assertThat(gateway.charge(order, null).status()).isEqualTo(Status.PAID);

        ProviderPayment other = gateway.charge(Orders.recharge(customer), null);
        assertThat(gateway.cancel(other.id()).status()).isEqualTo(Status.CANCELED);
        ProviderPayment third = gateway.charge(Orders.recharge(customer), null);
        stripe.actions().fail(third.id());
        assertThat(now(third.id()).status()).isEqualTo(Status.DECLINED);
    }

    @Test
    void lossesAreWhatIsRefundedAndWhatDisputesHaveTaken() {
        String page = gateway.open(Orders.checkout(Customer.create()), tomorrow).id();
        String intent = stripe.actions().pay(page, Card.OK);
        Money none = null;
        assertThat(statusAndLosses(now(intent))).containsExactly(Status.PAID, none, none);
        stripe.actions().refund(intent, 1000);
        stripe.actions().refund(intent, 5);
        assertThat(statusAndLosses(now(intent))).containsExactly(Status.PAID, Orders.euros("10.05"), none);
        String dispute = stripe.actions().dispute(intent, 3895, "warning_needs_response");
        for (String[] step : new String[][] {
            {"warning_needs_response", null},
            {"warning_under_review", null},
            {"warning_closed", null},
            {"needs_response", "38.95"},
            {"under_review", "38.95"},
            {"won", null},
            {"lost", "38.95"},
            {"prevented", null},
        }) {
            stripe.actions().close(dispute, step[0]);
            assertThat(now(intent).disputed()).as(step[0]).isEqualTo(step[1] == null ? null : Orders.euros(step[1]));
        }
    }

    @Test
    void allPaymentsOfATimeAreListedPageByPage() {
        Customer customer = Customer.create();
        String page = gateway.open(Orders.checkout(customer), tomorrow).id();
        String there = stripe.objects().get(page).get("customer").asText();
        stripe.actions().saveCard(there, Card.OK);
        ProviderPayment own = gateway.charge(Orders.recharge(customer), null);
        stripe.actions().intent(1, "usdc", there, stripe.objects().get(page).get("consent"));
        for (int i = 0; i < 120; i++) {
            stripe.actions()
                    .intent(100 + i, "usd", there, stripe.objects().get(page).get("consent"));
        }
        Instant from = own.createdAt();
        List<ProviderPayment> all = new ArrayList<>();
        String cursor = null;
        do {
            Page read = gateway.payments(from, from.plusSeconds(3600), cursor);
            all.addAll(read.payments());
            cursor = read.nextCursor();
        } while (cursor != null);
        assertThat(all).contains(own).hasSizeGreaterThan(120).doesNotHaveDuplicates();
        assertThat(all.get(0).amount()).isEqualTo(new Money(new BigDecimal("2.19"), "USD"));
        assertThat(all.get(0).purchase()).isNull();
        assertThat(gateway.payments(from.minusSeconds(60), from.minusSeconds(30), null)
                        .payments())
                .doesNotContain(own);
    }

    @Test
    void anotherAccountsCustomerIsNeverCharged() {
        Customer customer = Customer.create();
        String there = stripe.objects()
                .get(gateway.open(Orders.checkout(customer), tomorrow).id())
                .get("customer")
                .asText();
        stripe.actions().saveCard(there, Card.OK);
        stripe.objects()
                .change(there, made -> made.withObjectProperty("metadata").put("account_id", "another"));
        assertThatThrownBy(() -> gateway.charge(Orders.recharge(customer), null))
                .isInstanceOf(GatewayFailure.class)
                .hasMessage("The customer at Stripe is not this account's");
        stripe.objects().remove(there);
        assertThat(gateway.charge(Orders.recharge(customer), null).declineCode())
                .isEqualTo("no_payment_method");
    }

    @Test
    void whatThereIsNotIsNull() {
        assertThat(now("pi_none")).isNull();
        assertThat(now("cs_none")).isNull();
        assertThat(now("x")).isNull();
        assertThatThrownBy(() -> gateway.cancel("pi_none")).isInstanceOf(GatewayFailure.class);
        Purchase never = Orders.checkout(Customer.create()).purchase();
        assertThat(gateway.paymentsFor(never)).isEmpty();
    }

    @Test
    void aPriceThatStripeCannotTakeAsksForNothing() {
        Order order = Orders.recharge(Customer.create());
        Order finer = new Order(
                order.purchase(), new Money(new BigDecimal("1.234"), "KWD"), order.description(), order.email());
        assertThatThrownBy(() -> gateway.charge(finer, null))
                .isInstanceOf(GatewayFailure.class)
                .hasMessageContaining("must be a multiple of 0.010");
    }
}
