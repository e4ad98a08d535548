package ai.mavster.credits.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.payment.PaymentDecision.Decided;
import ai.mavster.credits.payment.PaymentDecision.Effect;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a state at the provider comes to, whatever was applied before. */
class PaymentDecisionTest {

    private static final Instant T = Instant.parse("2026-11-30T12:00:00Z");
    private static final Purchase PURCHASE = new Purchase("acct", Purchase.Kind.CHECKOUT, new UUID(1, 2));
    private static final UUID GRANT = new UUID(3, 4);

    private static Money eur(String value) {
        return new Money(new BigDecimal(value), "EUR");
    }

    private static Payment ordered() {
        return Payment.ordered(PURCHASE, Credits.of(5000), eur("49.00"), PaymentGateway.Provider.SANDBOX, T);
    }

    private static ProviderPayment state(ProviderPayment.Status status, String id) {
        return new ProviderPayment(
                id,
                PURCHASE,
                status,
                eur("49.00"),
                null,
                null,
                status == ProviderPayment.Status.DECLINED ? "card_declined" : null,
                status == ProviderPayment.Status.CONFIRMATION_NEEDED ? "https://pay.example/confirm" : null,
                T,
                status == ProviderPayment.Status.PAID ? T.plusSeconds(1) : null);
    }

    private static ProviderPayment paid(@Nullable String refunded, @Nullable String disputed) {
        return new ProviderPayment(
                "pi_1",
                PURCHASE,
                ProviderPayment.Status.PAID,
                eur("49.00"),
                refunded == null ? null : eur(refunded),
                disputed == null ? null : eur(disputed),
                null,
                null,
                T,
                T.plusSeconds(1));
    }

    private static Payment credited() {
        return ordered().settled(GRANT, null, paid(null, null), T.plusSeconds(10));
    }

    private static Decided decide(Payment before, ProviderPayment state, int fetchedAfter) {
        return PaymentDecision.of(before, List.of(), state, T.plusSeconds(fetchedAfter), false, true);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, PENDING",
        "CONFIRMATION_NEEDED, CONFIRMATION_NEEDED",
        "DECLINED, FAILED",
        "CANCELED, CANCELED",
    })
    void whatIsNotPaidIsRecorded(ProviderPayment.Status state, Payment.Status becomes) {
        Decided decided = decide(ordered(), state(state, "pi_1"), 10);

        assertThat(decided.effect()).isEqualTo(Effect.NONE);
        assertThat(decided.finding()).isNull();
        assertThat(decided.payment().status()).isEqualTo(becomes);
        assertThat(decided.payment().providerPaymentId()).isEqualTo("pi_1");
        assertThat(decided.payment().declineCode())
                .isEqualTo(becomes == Payment.Status.FAILED ? "card_declined" : null);
        assertThat(decided.payment().confirmationUrl() != null)
                .isEqualTo(becomes == Payment.Status.CONFIRMATION_NEEDED);
    }

    /** The one that was fetched later stays, whichever comes first. */
    @Test
    void whatWasFetchedEarlierDoesNotUndoIt() {
        Payment failed = decide(ordered(), state(ProviderPayment.Status.DECLINED, "pi_1"), 10)
                .payment();

        assertThat(decide(failed, state(ProviderPayment.Status.PENDING, "pi_1"), 9)
                        .payment())
                .isEqualTo(failed);
        assertThat(decide(failed, state(ProviderPayment.Status.PENDING, "pi_1"), 11)
                        .payment()
                        .status())
                .isEqualTo(Payment.Status.PENDING);
    }

    /** From wherever it stands, and whenever that was fetched: money is money. */
    @ParameterizedTest
    @EnumSource(value = ProviderPayment.Status.class, names = "PAID", mode = EnumSource.Mode.EXCLUDE)
    void paidIsCreditedWhateverWasBefore(ProviderPayment.Status before) {
        Payment payment = decide(ordered(), state(before, "pi_0"), 10).payment();

        Decided decided = decide(payment, paid(null, null), 5);

        assertThat(decided.effect()).isEqualTo(Effect.CREDIT);
        assertThat(decided.credits()).isEqualTo(Credits.of(5000));
    }

    @ParameterizedTest
    @EnumSource(ProviderPayment.Status.class)
    void paidStaysPaid(ProviderPayment.Status state) {
        assertThat(decide(credited(), state(state, "pi_1"), 10))
                .isEqualTo(new Decided(Effect.NONE, Credits.ZERO, credited(), null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "49.01, EUR, false, true,  AMOUNT_DIFFERS",
        "48.99, EUR, false, true,  AMOUNT_DIFFERS",
        "49.00, USD, false, true,  AMOUNT_DIFFERS",
        "49.00, EUR, true,  true,  ACCOUNT_CLOSED",
        "49.00, EUR, false, false, BALANCE_LIMIT",
        "49.01, EUR, true,  false, AMOUNT_DIFFERS",
    })
    void whatCannotBeCreditedIsRecorded(
            BigDecimal value, String currency, boolean closed, boolean fits, Finding finding) {
        ProviderPayment state = new ProviderPayment(
                "pi_1",
                PURCHASE,
                ProviderPayment.Status.PAID,
                new Money(value, currency),
                null,
                null,
                null,
                null,
                T,
                T);

        Decided decided = PaymentDecision.of(ordered(), List.of(), state, T, closed, fits);

        assertThat(decided.effect()).isEqualTo(Effect.NONE);
        assertThat(decided.finding()).isEqualTo(finding);
        assertThat(decided.payment().status()).isEqualTo(Payment.Status.UNCREDITED);
        assertThat(decided.payment().finding()).isEqualTo(finding);
    }

    /** Once it was given back nobody has to see to it any more. */
    @Test
    void whatWasNotCreditedAndGivenBackIsSettled() {
        Payment uncredited = ordered().settled(null, Finding.ACCOUNT_CLOSED, paid(null, null), T);

        assertThat(decide(uncredited, paid("48.99", null), 10).finding()).isEqualTo(Finding.ACCOUNT_CLOSED);
        Decided decided = decide(uncredited, paid("49.00", null), 10);
        assertThat(decided.finding()).isNull();
        assertThat(decided.effect()).isEqualTo(Effect.NONE);
        assertThat(decided.payment().claimed()).isEqualTo(Credits.ZERO);
    }

    @Test
    void whatDidNotFitIsCreditedOnceItDoes() {
        Payment uncredited = ordered().settled(null, Finding.BALANCE_LIMIT, paid(null, null), T);

        assertThat(decide(uncredited, paid(null, null), 10).effect()).isEqualTo(Effect.CREDIT);
        assertThat(decide(uncredited, paid("0.01", null), 10).effect()).isEqualTo(Effect.NONE);
        assertThat(PaymentDecision.of(uncredited, List.of(), paid(null, null), T.plusSeconds(10), false, false)
                        .finding())
                .isEqualTo(Finding.BALANCE_LIMIT);
    }

    /** What is both refunded and disputed is lost once. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0,    -,     -,     NONE,      0",
                "0,    0.01,  -,     CLAIM,     1.020408",
                "0,    49.00, -,     CLAIM,     5000",
                "0,    -,     49.00, CLAIM,     5000",
                "0,    49.00, 49.00, CLAIM,     5000",
                "0,    24.50, 24.50, CLAIM,     5000",
                "2500, 24.50, -,     NONE,      0",
                "2500, 49.00, -,     CLAIM,     2500",
                "5000, 24.50, -,     REINSTATE, 2500",
                "5000, -,     -,     REINSTATE, 5000",
                "5000, 49.00, -,     NONE,      0",
            })
    void lossIsClaimedOnceAndGivenBackWhereItIsNoneAnyMore(
            String claimed, @Nullable String refunded, @Nullable String disputed, Effect effect, String credits) {
        Payment before = credited().with(BigDecimal.ZERO, BigDecimal.ZERO, Credits.parse(claimed), T);

        Decided decided = decide(before, paid(refunded, disputed), 10);

        assertThat(decided.effect()).isEqualTo(effect);
        assertThat(decided.credits()).isEqualTo(Credits.parse(credits));
        assertThat(decided.payment().refunded()).isEqualByComparingTo(refunded == null ? "0" : refunded);
        assertThat(decided.payment().disputed()).isEqualByComparingTo(disputed == null ? "0" : disputed);
    }

    @Test
    void anEarlierStateDoesNotTakeBackAClaim() {
        Payment claimed =
                credited().with(new BigDecimal("49.00"), BigDecimal.ZERO, Credits.of(5000), T.plusSeconds(20));

        assertThat(decide(claimed, paid(null, null), 19).effect()).isEqualTo(Effect.NONE);
        assertThat(decide(claimed, paid(null, null), 19).payment()).isEqualTo(claimed);
        assertThat(decide(claimed, paid(null, null), 21).effect()).isEqualTo(Effect.REINSTATE);
    }

    @Test
    void ofAClosedAccountLossIsOnlyRecorded() {
        Decided decided = PaymentDecision.of(credited(), List.of(), paid("49.00", null), T.plusSeconds(20), true, true);

        assertThat(decided.effect()).isEqualTo(Effect.NONE);
        assertThat(decided.payment().refunded()).isEqualByComparingTo("49.00");
        assertThat(decided.payment().claimed()).isEqualTo(Credits.ZERO);
    }

    @Test
    void aSecondPaymentForTheSameIsRecordedAndNotCredited() {
        Decided decided = decide(credited(), state(ProviderPayment.Status.PAID, "pi_2"), 10);

        assertThat(decided.effect()).isEqualTo(Effect.NONE);
        assertThat(decided.finding()).isEqualTo(Finding.PAID_TWICE);
        assertThat(decided.payment()).isEqualTo(credited());
        assertThat(decided.surplus()).isNotNull();
        assertThat(decided.surplus().providerPaymentId()).isEqualTo("pi_2");
        assertThat(decide(credited(), state(ProviderPayment.Status.DECLINED, "pi_2"), 10)
                        .surplus())
                .isNull();
    }
}
