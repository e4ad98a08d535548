package ai.mavster.credits.payment.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.Orders;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.Payments;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.payment.WithSandbox;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How each card goes where nobody is at a page, and that the service learns of it from the inbox alone. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(WithSandbox.class)
class SandboxCardTest {

    private static final Duration WITHIN = Duration.ofSeconds(20);

    @Inject
    Ledger ledger;

    @Inject
    Payments payments;

    @Inject
    Gateways gateways;

    @ParameterizedTest
    @CsvSource({
        "card_ok,       PAID,                PAID,                5000",
        "card_twice,    PAID,                PAID,                5000",
        "card_slow,     PENDING,             PAID,                5000",
        "card_declined, DECLINED,            FAILED,              0",
        "card_confirm,  CONFIRMATION_NEEDED, CONFIRMATION_NEEDED, 0",
    })
    void goesItsWay(String card, ProviderPayment.Status answered, Payment.Status becomes, String balance) {
        Customer customer = Customer.create();
        PaymentGateway gateway = gateways.required();
        PaymentGateway.Order order = Orders.place(ledger, customer.id, Purchase.Kind.RECHARGE);

        ProviderPayment first = gateway.charge(order, card);
        ProviderPayment again = gateway.charge(order, "card_ok");

        assertThat(first.status()).isEqualTo(answered);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.purchase()).isEqualTo(order.purchase());
        Eventually.holds(
                WITHIN,
                () -> Orders.read(payments, order.purchase()).status() == becomes,
                () -> Orders.read(payments, order.purchase()).toString());
        assertThat(customer.balance().at("balance")).isEqualTo(balance);
        assertThat(gateway.paymentsFor(order.purchase())).hasSize(1);
    }

    /** Whoever asked for it is kept waiting; it is there for whoever looks. */
    @ParameterizedTest
    @CsvSource("card_never")
    void isPaidAndNeverAnnounced(String card) {
        Customer customer = Customer.create();
        PaymentGateway gateway = gateways.required();
        PaymentGateway.Order order = Orders.place(ledger, customer.id, Purchase.Kind.RECHARGE);
        Instant before = Instant.now().minusSeconds(60);

        ProviderPayment answered = gateway.charge(order, card);

        assertThat(answered.status()).isEqualTo(ProviderPayment.Status.PENDING);
        assertThat(gateway.charge(order, card).status()).isEqualTo(ProviderPayment.Status.PENDING);
        assertThat(gateway.payment(answered.id()).status()).isEqualTo(ProviderPayment.Status.PAID);
        assertThat(gateway.payments(before, Instant.now().plusSeconds(60), null).payments())
                .anyMatch(payment -> payment.id().equals(answered.id()));
        assertThat(gateway.cancel(answered.id()).status()).isEqualTo(ProviderPayment.Status.PAID);
        assertThat(Orders.read(payments, order.purchase()).status()).isEqualTo(Payment.Status.PENDING);
    }
}
