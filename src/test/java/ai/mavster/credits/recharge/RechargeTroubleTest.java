package ai.mavster.credits.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Author;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Dump;
import ai.mavster.credits.Money;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.payment.Payments;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.ProviderPayment.Status;
import ai.mavster.credits.recharge.PlayedProvider.Trouble;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The payment provider is down, slow, overloaded, or gives half an answer: no debit waits, and nothing is paid twice. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(WithPlayedProvider.class)
class RechargeTroubleTest extends RechargeFixture {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    Payments payments;

    @Inject
    AgroalDataSource database;

    private Customer inTrouble(Trouble trouble) {
        Customer customer = recharged();
        provider.trouble(customer.id, trouble);
        customer.debit("2950").is(201);
        return customer;
    }

    private void isAsked(Customer customer, int times) {
        Eventually.holds(
                DEADLINE,
                () -> provider.asked(customer.id) >= times,
                () -> "it is asked " + times + " times, and not " + provider.asked(customer.id));
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgainAndPaidOnce() {
        Customer customer = inTrouble(Trouble.ANSWER_LOST);
        becomes(customer, "unknown 500");
        assertThat(customer.balance().at("balance")).isEqualTo("50");
        isAsked(customer, 2);
        customer.debit("1").is(201);
        provider.trouble(customer.id, Trouble.NONE);
        clock.moveBy(Duration.ofMinutes(1));
        becomes(customer, "succeeded 500");
        assertThat(provider.paid(customer.id)).isEqualTo(1);
        assertThat(customer.balance().at("balance")).isEqualTo("549");
        isProven(customer);
    }

    @Test
    void oneThatIsDownIsAskedUntilItIsThere() {
        Customer customer = inTrouble(Trouble.DOWN);
        becomes(customer, "unknown 500");
        assertThat(settings(customer).all("recharged", "last_recharge/status")).isEqualTo("500 unknown");
        assertThat(Customer.get(customer.path("")).is(200).at("auto_recharge/in_flight"))
                .isEqualTo("true");
        customer.debit("1").is(201);
        isAsked(customer, 2);
        assertThat(recharges(customer)).hasSize(1);
        provider.trouble(customer.id, Trouble.NONE);
        clock.moveBy(Duration.ofMinutes(1));
        becomes(customer, "succeeded 500");
        assertThat(provider.paid(customer.id)).isEqualTo(1);
    }

    @Test
    void oneThatIsOverloadedIsLeftAloneAsLongAsItAsks() {
        Customer customer = inTrouble(Trouble.OVERLOADED);
        isAsked(customer, 1);
        becomes(customer, "charging 500");
        clock.moveBy(Duration.ofMinutes(9));
        Customer other = recharged();
        other.debit("2950").is(201);
        becomes(other, "succeeded 500");
        assertThat(provider.asked(customer.id)).isEqualTo(1);
        provider.trouble(customer.id, Trouble.NONE);
        clock.moveBy(Duration.ofMinutes(2));
        becomes(customer, "succeeded 500");
        assertThat(provider.asked(customer.id)).isEqualTo(2);
    }

    @Test
    void nobodyWaitsForOneThatIsSlow() {
        Customer customer = inTrouble(Trouble.SLOW);
        isAsked(customer, 1);
        customer.debit("1").is(201);
        assertThat(recharges(customer)).containsExactly("charging 500");
        Customer other = recharged();
        other.debit("2950").is(201);
        becomes(other, "succeeded 500");
        provider.trouble(customer.id, Trouble.NONE);
        becomes(customer, "succeeded 500");
    }

    /** By then it might take the money anew. */
    @Test
    void whatIsNotAnsweredWithinADayIsOnlyLookedUp() {
        Customer paid = inTrouble(Trouble.ANSWER_LOST);
        Customer unpaid = inTrouble(Trouble.DOWN);
        becomes(paid, "unknown 500");
        becomes(unpaid, "unknown 500");
        clock.moveBy(Duration.ofHours(23));
        becomes(paid, "succeeded 500");
        assertThat(recharges(unpaid)).containsExactly("unknown 500");
        int asked = provider.asked(unpaid.id);
        provider.trouble(unpaid.id, Trouble.NONE);
        clock.moveBy(Duration.ofHours(1));
        becomes(unpaid, "expired 500");
        assertThat(provider.asked(unpaid.id)).isEqualTo(asked);
        assertThat(provider.paid(unpaid.id)).isZero();
        assertThat(announced(unpaid)).containsExactly("recharge.failed expired");
        assertThat(settings(unpaid).all("failures", "recharged")).isEqualTo("1 0");
        isProven(paid);
        isProven(unpaid);
    }

    @Test
    void whatIsNotConfirmedInTimeIsEndedAtTheProvider() {
        Customer customer = recharged();
        provider.outcome(customer.id, Status.CONFIRMATION_NEEDED);
        customer.debit("2950").is(201);
        becomes(customer, "confirmation_needed 500");
        clock.moveBy(Duration.ofHours(23));
        customer.debit("1").is(201);
        assertThat(recharges(customer)).containsExactly("confirmation_needed 500");
        clock.moveBy(Duration.ofHours(2));
        becomes(customer, "expired 500");
        assertThat(provider.newest(customer.id).status()).isEqualTo(Status.CANCELED);
        assertThat(announced(customer)).containsExactly("recharge.confirmation_needed", "recharge.failed expired");
        isProven(customer);
    }

    /** Charged is credited, whatever was thought of it. */
    @Test
    void oneThatIsPaidAfterItHadEndedSucceeds() {
        Customer customer = recharged();
        provider.outcome(customer.id, Status.DECLINED);
        customer.debit("2950").is(201);
        becomes(customer, "declined 500");
        ProviderPayment declined = provider.newest(customer.id);
        apply(declined, declined.amount());
        becomes(customer, "succeeded 500");
        assertThat(customer.balance().at("balance")).isEqualTo("550");
        assertThat(settings(customer).all("failures", "recharged", "paused_until"))
                .isEqualTo("0 500 null");
        isProven(customer);
    }

    @Test
    void oneThatIsPaidWithAnotherAmountIsNotCreditedAndSwitchesItOff() {
        Customer customer = recharged();
        provider.outcome(customer.id, Status.PENDING);
        customer.debit("2950").is(201);
        becomes(customer, "pending 500");
        apply(provider.newest(customer.id), new Money(BigDecimal.ONE, "EUR"));
        becomes(customer, "uncredited 500");
        assertThat(customer.balance().at("balance")).isEqualTo("50");
        assertThat(settings(customer).all("enabled", "switched_off")).isEqualTo("false uncredited");
        assertThat(announced(customer)).containsExactly("recharge.failed uncredited");
        customer.debit("1").is(201);
        assertThat(recharges(customer)).hasSize(1);
        isProven(customer);
    }

    private void apply(ProviderPayment state, Money amount) {
        Instant now = clock.instant();
        payments.apply(
                        new ProviderPayment(
                                state.id(), state.purchase(), Status.PAID, amount, null, null, null, null, now, now),
                        now,
                        new Author(Author.Type.PROVIDER_EVENT, "evt_1", "payment.paid"))
                .toCompletableFuture()
                .join();
    }

    @Test
    void closingEndsWhatIsUnderWay() {
        Customer customer = recharged();
        provider.outcome(customer.id, Status.PENDING);
        customer.debit("2950").is(201);
        becomes(customer, "pending 500");
        customer.close("").is(200);
        assertThat(settings(customer).all("enabled", "switched_off")).isEqualTo("false account_closed");
        clock.moveBy(Duration.ofMinutes(1));
        becomes(customer, "expired 500");
        assertThat(provider.newest(customer.id).status()).isEqualTo(Status.CANCELED);
        isProven(customer);
    }

    @Test
    void itsOwnerIsWrittenTo() {
        Customer customer = recharged();
        Customer.put(customer.path(""), "{'billing_email': 'owner@example.com'}")
                .is(200);
        provider.outcome(customer.id, Status.CONFIRMATION_NEEDED);
        customer.debit("2950").is(201);
        becomes(customer, "confirmation_needed 500");
        provider.settle(customer.id, Status.DECLINED);
        becomes(customer, "declined 500");
        assertThat(Dump.rowsWith(database, customer.id))
                .anyMatch(row -> row.startsWith("mail ")
                        && row.contains("recharge_confirmation")
                        && row.contains("https://payments.example.com/confirm/"))
                .anyMatch(row -> row.startsWith("mail ") && row.contains("recharge_failed"));
    }
}
