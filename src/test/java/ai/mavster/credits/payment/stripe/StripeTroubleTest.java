package ai.mavster.credits.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.PaymentGateway.Order;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.ProviderPayment.Status;
import ai.mavster.credits.payment.stripe.StripeActions.Card;
import ai.mavster.credits.payment.stripe.StripeServer.Trouble;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Stripe is down, slow, overloaded, or answers half: what is known of it is said, and nothing is paid twice. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(LocalStripe.class)
class StripeTroubleTest {

    private static final String CHARGES = "POST /v1/payment_intents";

    @Inject
    StripeGateway gateway;

    StripeServer stripe;

    @AfterEach
    void allIsWell() {
        stripe.release();
    }

    private Order withCard() {
        Customer customer = Customer.create();
        String page = gateway.open(Orders.checkout(customer), Instant.now().plus(Duration.ofHours(24)))
                .id();
        stripe.actions().saveCard(stripe.objects().get(page).get("customer").asText(), Card.OK);
        return Orders.recharge(customer);
    }

    private long made(Order order) {
        return stripe.objects()
                .all(
                        "payment_intent",
                        intent -> intent.at("/metadata/credits_purchase_id")
                                .asText()
                                .equals(order.purchase().id().toString()))
                .size();
    }

    /** All requests fail, so that nothing can be looked up either. */
    @ParameterizedTest
    @CsvSource({
        "DOWN, false, 0",
        "SLOW, false, 0",
        "SLOW_AFTER, false, 1",
        "RATE_LIMITED, true, 0",
        "KEY_IN_USE, false, 0",
        "HALF_ANSWER, false, 1",
        "NO_JSON, false, 1",
        "ERROR_AFTER, false, 1",
    })
    void whatIsKnownIsSaid(Trouble trouble, boolean nothingDone, int done) {
        Order order = withCard();
        stripe.trouble(trouble, CHARGES + "|GET /v1/payment_intents", 10);
        Instant start = Instant.now();
        GatewayFailure failure = catchThrowableOfType(GatewayFailure.class, () -> gateway.charge(order, null));
        assertThat(failure.isOutcomeKnown()).isEqualTo(nothingDone);
        assertThat(failure.retryAfter()).isEqualTo(trouble == Trouble.RATE_LIMITED ? Duration.ofSeconds(7) : null);
        assertThat(failure).hasStackTraceContaining("Stripe");
        assertThat(failure.getMessage() + failure.getCause() + failure.getSuppressed()[0])
                .doesNotContain(StripeServer.KEY);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        stripe.release();
        ProviderPayment paid = gateway.charge(order, null);
        assertThat(paid.status()).isEqualTo(Status.PAID);
        assertThat(gateway.paymentsFor(order.purchase())).containsExactly(paid);
        assertThat(made(order)).isEqualTo(1).isGreaterThanOrEqualTo(done);
    }

    /** The key answers for ever what it has answered first: it is looked up what there is. */
    @ParameterizedTest
    @EnumSource(names = {"HALF_ANSWER", "NO_JSON", "ERROR_AFTER"})
    void whatWasDoneIsFoundAtOnce(Trouble trouble) {
        Order order = withCard();
        stripe.trouble(trouble, CHARGES, 1);
        assertThat(gateway.charge(order, null).status()).isEqualTo(Status.PAID);
        assertThat(made(order)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF_ANSWER", "ERROR_AFTER"})
    void aPageThatWasMadeIsFoundAtOnce(Trouble trouble) {
        Order order = Orders.checkout(Customer.create());
        Instant tomorrow = Instant.now().plus(Duration.ofHours(24));
        stripe.trouble(trouble, "POST /v1/checkout/sessions", 1);
        String page = gateway.open(order, tomorrow).id();
        assertThat(gateway.open(order, tomorrow).id()).isEqualTo(page);
        assertThat(stripe.objects()
                        .all(
                                "checkout.session",
                                made -> made.get("client_reference_id")
                                        .asText()
                                        .equals(order.purchase().id().toString())))
                .hasSize(1);
    }

    /** A card that was saved meanwhile, or another address, does not make it another payment. */
    @Test
    void otherWordsUnderTheSameKeyPayNothingMore() {
        Order order = withCard();
        ProviderPayment paid = gateway.charge(order, null);
        stripe.actions()
                .saveCard(stripe.objects().get(paid.id()).get("customer").asText(), Card.DECLINED);
        assertThat(gateway.charge(order, null)).isEqualTo(paid);
        assertThat(made(order)).isEqualTo(1);
    }

    /** Whose customer was made, and not heard of. */
    @Test
    void aCustomerIsMadeOnce() {
        Customer customer = Customer.create();
        stripe.trouble(Trouble.HALF_ANSWER, "POST /v1/customers", 1);
        Order order = Orders.recharge(customer);
        assertThat(catchThrowableOfType(GatewayFailure.class, () -> gateway.charge(order, null)))
                .isNotNull();
        assertThat(gateway.charge(order, null).status()).isEqualTo(Status.DECLINED);
        assertThat(stripe.objects()
                        .all(
                                "customer",
                                made -> made.at("/metadata/account_id").asText().equals(customer.id)))
                .hasSize(1);
    }
}
