package ai.mavster.credits.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Money;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Ledger;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whatever is heard of a payment, in whatever order and however often: it is one top-up. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PaymentsTest {

    private static final Author PROVIDER = new Author(Author.Type.PROVIDER_EVENT, "evt_of_a_test", "payment.paid");
    private static final Instant T = Instant.parse("2026-11-30T12:00:00Z");
    private static final int THREADS = 20;

    @Inject
    Ledger ledger;

    @Inject
    Payments payments;

    private Customer customer;
    private Purchase purchase;

    @BeforeEach
    void order() {
        customer = Customer.create();
        purchase = Orders.place(ledger, customer.id, Purchase.Kind.RECHARGE).purchase();
    }

    private static Money eur(String value) {
        return new Money(new BigDecimal(value), "EUR");
    }

    private ProviderPayment state(ProviderPayment.Status status, @Nullable String refunded) {
        return state("pi_1", purchase, status, "49.00", refunded);
    }

    private static ProviderPayment state(
            String id,
            @Nullable Purchase purchase,
            ProviderPayment.Status status,
            String amount,
            @Nullable String refunded) {
        return new ProviderPayment(
                id,
                purchase,
                status,
                eur(amount),
                refunded == null ? null : eur(refunded),
                null,
                status == ProviderPayment.Status.DECLINED ? "card_declined" : null,
                null,
                T,
                status == ProviderPayment.Status.PAID ? T : null);
    }

    private Applied apply(ProviderPayment state, int second) {
        return Outcome.join(payments.apply(state, T.plusSeconds(second), PROVIDER));
    }

    /** What it has, and owes. */
    private String figures() {
        return Outcome.await(ledger.read(customer.id, account -> account.balance() + " " + account.owed()));
    }

    /** A state of each kind, each at its time; the last one is paid and half given back. */
    @RepeatedTest(12)
    void anyOrderEndsTheSame(RepetitionInfo repetition) {
        List<Integer> seconds = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 0, 3, 5, 5));
        Collections.shuffle(seconds, new Random(repetition.getCurrentRepetition()));
        for (int second : seconds) {
            switch (second) {
                case 0 -> apply(state(ProviderPayment.Status.PENDING, null), 0);
                case 1 -> apply(state(ProviderPayment.Status.DECLINED, null), 1);
                case 2 -> apply(state(ProviderPayment.Status.PENDING, null), 2);
                case 3 -> apply(state(ProviderPayment.Status.PAID, null), 3);
                case 4 -> apply(state(ProviderPayment.Status.PAID, "49.00"), 4);
                default -> apply(state(ProviderPayment.Status.PAID, "24.50"), 5);
            }
        }
        Payment payment = Orders.read(payments, purchase);
        assertThat(payment.status()).isEqualTo(Payment.Status.PAID);
        assertThat(payment.refunded()).isEqualByComparingTo("24.50");
        assertThat(payment.claimed().toString()).isEqualTo("2500");
        assertThat(figures()).isEqualTo("2500 0");
        assertThat(customer.entries("?kind=top_up").rows("data", "grant_id")).contains("grant_" + payment.grantId());
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");
    }

    @Test
    void twentyAtOnceAreOneTopUp() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Callable<Applied>> work = Collections.nCopies(THREADS, () -> {
            together.await();
            return apply(state(ProviderPayment.Status.PAID, null), 1);
        });
        for (Future<Applied> applied : threads.invokeAll(work)) {
            assertThat(applied.get().finding()).isNull();
        }
        threads.shutdownNow();
        assertThat(customer.balance().at("balance")).isEqualTo("5000");
        assertThat(customer.entries("").rows("data", "kind", "credits")).containsExactly("top_up 5000");
    }

    @Test
    void whatAgreesWithNoOrderIsSaid() {
        ProviderPayment.Status paid = ProviderPayment.Status.PAID;
        Purchase stranger = new Purchase("nobody-" + UUID.randomUUID(), Purchase.Kind.CHECKOUT, purchase.id());
        Purchase unknown = new Purchase(customer.id, Purchase.Kind.RECHARGE, UUID.randomUUID());
        Purchase otherKind = new Purchase(customer.id, Purchase.Kind.CHECKOUT, purchase.id());

        assertThat(apply(state("pi_1", null, paid, "49.00", null), 1).finding()).isEqualTo(Finding.NO_PURCHASE);
        assertThat(apply(state("pi_1", stranger, paid, "49.00", null), 1).finding())
                .isEqualTo(Finding.UNKNOWN_ACCOUNT);
        assertThat(apply(state("pi_1", unknown, paid, "49.00", null), 1).finding())
                .isEqualTo(Finding.UNKNOWN_PURCHASE);
        assertThat(apply(state("pi_1", otherKind, paid, "49.00", null), 1).finding())
                .isEqualTo(Finding.UNKNOWN_PURCHASE);
        assertThat(customer.balance().at("balance")).isEqualTo("0");
    }

    @Test
    void anotherAmountIsNotCredited() {
        Applied applied = apply(state("pi_1", purchase, ProviderPayment.Status.PAID, "48.99", null), 1);

        assertThat(applied.finding()).isEqualTo(Finding.AMOUNT_DIFFERS);
        assertThat(Orders.read(payments, purchase).status()).isEqualTo(Payment.Status.UNCREDITED);
        assertThat(customer.balance().at("balance")).isEqualTo("0");
        assertThat(customer.proof().at("failures")).isEqualTo("[]");
    }

    @Test
    void aSecondPaymentIsRecordedOnce() {
        apply(state(ProviderPayment.Status.PAID, null), 1);
        ProviderPayment second = state("pi_2", purchase, ProviderPayment.Status.PAID, "49.00", null);

        assertThat(apply(second, 2).finding()).isEqualTo(Finding.PAID_TWICE);
        assertThat(apply(second, 3).finding()).isEqualTo(Finding.PAID_TWICE);
        assertThat(customer.balance().at("balance")).isEqualTo("5000");
        ProviderPayment givenBack = state("pi_2", purchase, ProviderPayment.Status.PAID, "49.00", "49.00");
        assertThat(apply(givenBack, 4).finding()).isNull();
        assertThat(apply(second, 3).finding()).isNull();
        assertThat(figures()).isEqualTo("5000 0");
        assertThat(customer.proof().at("failures")).isEqualTo("[]");
    }

    /** As soon as there is room for them. */
    @Test
    void whatDoesNotFitIsCreditedLater() {
        Credits most = new Credits(Long.MAX_VALUE);
        customer.topUp("10").is(201);
        purchase = Orders.place(ledger, customer.id, Purchase.Kind.RECHARGE, most.minus(Credits.of(9)))
                .purchase();
        assertThat(apply(state(ProviderPayment.Status.PAID, null), 1).finding()).isEqualTo(Finding.BALANCE_LIMIT);
        assertThat(Orders.read(payments, purchase).status()).isEqualTo(Payment.Status.UNCREDITED);
        assertThat(apply(state(ProviderPayment.Status.PAID, null), 2).finding()).isEqualTo(Finding.BALANCE_LIMIT);

        customer.adjust("-1").is(201);

        assertThat(apply(state(ProviderPayment.Status.PAID, null), 3).finding()).isNull();
        assertThat(Orders.read(payments, purchase).status()).isEqualTo(Payment.Status.PAID);
        assertThat(customer.proof().at("failures")).isEqualTo("[]");
    }
}
