package ai.mavster.credits.payment.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Author;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.Orders;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.Payments;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.Purchase;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the provider has, held against what is here: each way in which they can differ, planted once. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ReconciliationTest {

    @Inject
    Ledger ledger;

    @Inject
    Gateways gateways;

    @Inject
    Payments payments;

    @Inject
    AgroalDataSource database;

    @Inject
    Reconciler reconciler;

    @Inject
    ReconciliationRepository reconciliations;

    @Inject
    ReconciliationMetrics metrics;

    @Inject
    MeterRegistry registry;

    @Inject
    Clock clock;

    private Customer customer;
    private PaymentGateway.Order order;

    @BeforeEach
    void order() {
        customer = Customer.create();
        order = Orders.place(ledger, customer.id, Purchase.Kind.CHECKOUT);
    }

    /** At the provider alone: nothing is announced in tests. */
    private String paid() {
        ProviderPayment payment = gateways.required().charge(order, "card_never");
        return payment.id();
    }

    private static Reply reconcile() {
        return Customer.post("/v1/reconciliations", "{}").is(200);
    }

    /** What is reported of this account. */
    private String reported() {
        String line = Customer.csvAt("/v1/reports/payments")
                .lines()
                .filter(row -> row.contains("," + customer.id + ","))
                .findFirst()
                .orElse("nothing");
        return line.replaceFirst("^[^,]*,sandbox,[^,]*,[^,]*,", "").replaceFirst(",[^,]*,[^,]*$", "");
    }

    private void execute(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private void sandbox(String paymentId, String what, String body) {
        Customer.post("/sandbox/payments/" + paymentId + what, body).is(200);
    }

    @Test
    void whatIsPaidAndWasNeverAnnouncedIsCreditedOnce() {
        paid();

        Reply first = reconcile();
        assertThat(first.at("status")).isEqualTo("succeeded");
        assertThat(Long.parseLong(first.at("repaired"))).isPositive();
        assertThat(customer.balance().at("balance")).isEqualTo("5000");
        assertThat(reported()).isEqualTo("repaired,not_credited,EUR,49.00,0.00,0.00,5000,0");

        reconcile();
        assertThat(customer.balance().at("balance")).isEqualTo("5000");
        assertThat(reported()).isEqualTo("repaired,not_credited,EUR,49.00,0.00,0.00,5000,0");
    }

    /** Whoever was first, an event or the reconciliation: what is here already needs no repair. */
    @Test
    void whatAgreesMatches() {
        String payment = paid();
        ProviderPayment state = gateways.required().payment(payment);
        payments.apply(state, Instant.now(), Author.NOBODY)
                .toCompletableFuture()
                .join();

        reconcile();
        assertThat(reported()).isEqualTo("matched,,EUR,49.00,0.00,0.00,5000,0");
        assertThat(customer.balance().at("balance")).isEqualTo("5000");
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");
    }

    @Test
    void aRefundThatWasNeverAnnouncedIsClaimed() {
        String payment = paid();
        reconcile();
        sandbox(payment, "/refund", "{'amount': 9.80}");

        reconcile();
        assertThat(customer.balance().all("balance", "owed")).isEqualTo("4000 0");
        assertThat(reported()).isEqualTo("repaired,not_claimed,EUR,49.00,9.80,0.00,5000,1000");
    }

    @Test
    void aDisputeThatIsWonGivesBack() {
        String payment = paid();
        reconcile();
        sandbox(payment, "/dispute", "{}");
        reconcile();
        assertThat(customer.balance().all("balance", "owed")).isEqualTo("0 0");
        assertThat(reported()).isEqualTo("repaired,not_claimed,EUR,49.00,0.00,49.00,5000,5000");

        sandbox(payment, "/dispute/close", "{'won': true}");
        reconcile();
        assertThat(customer.balance().all("balance", "owed")).isEqualTo("5000 0");
        assertThat(reported()).isEqualTo("repaired,not_reinstated,EUR,49.00,0.00,0.00,5000,0");
    }

    @Test
    void aSecondPaymentIsListedUntilItIsGivenBack() throws SQLException {
        String first = paid();
        reconcile();
        String second = "sandbox_" + UUID.randomUUID();
        execute("""
                INSERT INTO sandbox_payment (payment_id, purchase_id, account_id, kind, amount, currency, card, status, created_at, paid_at)
                SELECT ?, purchase_id, account_id, kind, amount, currency, card, status, created_at, paid_at
                FROM sandbox_payment WHERE payment_id = ?""", second, first);

        reconcile();
        assertThat(customer.balance().at("balance")).isEqualTo("5000");
        assertThat(of(second)).isEqualTo("unexplained,paid_twice");

        sandbox(second, "/refund", "{'amount': 49}");
        reconcile();
        assertThat(of(second)).isEqualTo("matched,");
    }

    private String of(String providerPaymentId) {
        return Customer.csvAt("/v1/reports/payments")
                .lines()
                .filter(row -> row.startsWith(providerPaymentId + ","))
                .findFirst()
                .map(row -> row.replaceFirst("^[^,]*,[^,]*,[^,]*,[^,]*,([^,]*,[^,]*),.*$", "$1"))
                .orElse("nothing");
    }

    @Test
    void anotherAmountThanWasOrderedIsNotCredited() throws SQLException {
        execute("UPDATE sandbox_payment SET amount = 48.99 WHERE payment_id = ?", paid());

        reconcile();
        assertThat(customer.balance().at("balance")).isEqualTo("0");
        assertThat(reported()).isEqualTo("unexplained,amount_differs,EUR,48.99,0.00,0.00,5000,0");
    }

    @Test
    void anotherCurrencyThanWasOrderedIsNotCredited() throws SQLException {
        execute("UPDATE sandbox_payment SET currency = 'USD' WHERE payment_id = ?", paid());

        reconcile();
        assertThat(customer.balance().at("balance")).isEqualTo("0");
        assertThat(reported()).isEqualTo("unexplained,amount_differs,USD,49.00,0.00,0.00,5000,0");
    }

    @Test
    void whatComesAfterTheClosingIsListed() {
        paid();
        customer.close("").is(200);

        reconcile();
        assertThat(customer.balance().at("balance")).isEqualTo("0");
        assertThat(reported()).isEqualTo("unexplained,account_closed,EUR,49.00,0.00,0.00,5000,0");
    }

    @Test
    void whatIsPaidHereAndNotThereIsListed() throws SQLException {
        String payment = paid();
        reconcile();
        execute("DELETE FROM sandbox_payment WHERE payment_id = ?", payment);

        reconcile();
        assertThat(customer.balance().at("balance")).isEqualTo("5000");
        assertThat(reported()).isEqualTo("unexplained,not_paid_at_provider,EUR,49.00,0.00,0.00,5000,0");
    }

    @Test
    void whatClaimsToBeOursIsListedAndWhatDoesNotIsNot() throws SQLException {
        String unknown = "sandbox_" + UUID.randomUUID();
        String nobodys = "sandbox_" + UUID.randomUUID();
        String others = "sandbox_" + UUID.randomUUID();
        String unpaid = "sandbox_" + UUID.randomUUID();
        plant(unknown, UUID.randomUUID(), customer.id, "paid");
        plant(nobodys, UUID.randomUUID(), "nobody-" + customer.id, "paid");
        plant(others, null, null, "paid");
        plant(unpaid, UUID.randomUUID(), customer.id, "declined");

        reconcile();
        assertThat(of(unknown)).isEqualTo("unexplained,unknown_purchase");
        assertThat(of(nobodys)).isEqualTo("unexplained,unknown_account");
        assertThat(of(others)).isEqualTo("nothing");
        assertThat(of(unpaid)).isEqualTo("nothing");
        assertThat(customer.balance().at("balance")).isEqualTo("0");
    }

    private void plant(String id, UUID purchaseId, String accountId, String status) throws SQLException {
        execute("""
                INSERT INTO sandbox_payment (payment_id, purchase_id, account_id, kind, amount, currency, card, status, created_at, paid_at)
                VALUES (?, ?, ?, ?, 10, 'EUR', 'card_never', ?, now(), CASE ? WHEN 'paid' THEN now() END)""", id, purchaseId, accountId, purchaseId == null ? null : "checkout", status, status);
    }

    @Test
    void theReportHasRowsAndTotals() {
        String payment = paid();
        reconcile();

        Reply report =
                Customer.get("/v1/reports/payments?status=repaired&limit=1").is(200);
        assertThat(report.rows(
                        "data", "provider_payment_id", "provider", "account_id", "purchase_id", "status", "reason"))
                .containsExactly(payment + " sandbox " + customer.id + " checkout_"
                        + order.purchase().id() + " repaired not_credited");
        assertThat(report.rows("totals", "currency")).contains("EUR");
        Reply before =
                Customer.get("/v1/reports/payments?to=2020-01-01T00:00:00Z").is(200);
        assertThat(before.all("data", "totals", "has_more")).isEqualTo("[] [] false");
        Customer.get("/v1/reports/payments?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")
                .is(400, "invalid_request");
    }

    @Test
    void aPageLeadsToTheNext() {
        paid();
        order();
        paid();
        reconcile();

        Reply first = Customer.get("/v1/reports/payments?limit=1").is(200);
        Reply second = Customer.get("/v1/reports/payments?limit=1&cursor=" + first.at("next_cursor"))
                .is(200);
        assertThat(first.at("has_more")).isEqualTo("true");
        assertThat(second.at("data/0/provider_payment_id"))
                .isNotNull()
                .isNotEqualTo(first.at("data/0/provider_payment_id"));
    }

    /** In whichever process: its row is the lease. One that has died holds nobody up for long. */
    @Test
    void oneRunsAtATime() throws SQLException {
        UUID other = UUID.randomUUID();
        execute("""
                INSERT INTO reconciliation (reconciliation_id, provider, status, range_start, range_end, deep, started_at, claimed_until,
                                            compared, repaired, unexplained)
                VALUES (?, 'sandbox', 'running', now() - interval '1 hour', now(), false, now(), now() + interval '1 hour', 7, 0, 0)""", other);
        paid();

        Reply running = reconcile();
        assertThat(running.all("reconciliation_id", "status", "compared"))
                .isEqualTo("reconciliation_" + other + " running 7");
        assertThat(customer.balance().at("balance")).isEqualTo("0");

        execute(
                "UPDATE reconciliation SET claimed_until = now() - interval '1 second' WHERE reconciliation_id = ?",
                other);
        assertThat(reconcile().at("status")).isEqualTo("succeeded");
        assertThat(customer.balance().at("balance")).isEqualTo("5000");
        assertThat(Customer.get("/v1/reconciliations").is(200).rows("data", "reconciliation_id", "status", "detail"))
                .contains("reconciliation_" + other + " failed Its process has stopped.");
    }

    @Test
    void aProviderThatGivesNoAnswerEndsItAndNothingElse() throws SQLException {
        paid();
        execute("ALTER TABLE sandbox_payment RENAME TO sandbox_payment_away");
        Reply failed;
        try {
            failed = reconcile();
        } finally {
            execute("ALTER TABLE sandbox_payment_away RENAME TO sandbox_payment");
        }
        assertThat(failed.at("status")).isEqualTo("failed");
        assertThat(failed.at("detail")).startsWith("The provider gave no answer");
        assertThat(customer.balance().at("balance")).isEqualTo("0");

        assertThat(reconcile().at("status")).isEqualTo("succeeded");
        assertThat(customer.balance().at("balance")).isEqualTo("5000");
    }

    /** Whoever is asked, and however many at once: it is credited once, and each is answered. */
    @Test
    void manyAtOnceRepairOnce() {
        paid();

        List<Reply> replies =
                IntStream.range(0, 12).parallel().mapToObj(i -> reconcile()).toList();
        reconcile();

        assertThat(replies).extracting(reply -> reply.at("status")).containsAnyOf("succeeded");
        assertThat(replies).extracting(reply -> reply.at("status")).isSubsetOf("succeeded", "running");
        assertThat(customer.balance().at("balance")).isEqualTo("5000");
        assertThat(customer.grants().rows("data", "kind")).containsExactly("top_up");
    }

    @Test
    void whatAPersonHasToSeeToIsCounted() throws SQLException {
        metrics.measure();
        double before = counted("amount_differs");
        execute("UPDATE sandbox_payment SET amount = 1 WHERE payment_id = ?", paid());
        reconcile();

        metrics.measure();

        assertThat(counted("amount_differs")).isEqualTo(before + 1);
        assertThat(registry.get("credits.reconciliation.age").gauge().value()).isBetween(0.0, 60.0);
    }

    private double counted(String reason) {
        return registry.get("credits.payments.unexplained")
                .tag("reason", reason)
                .gauge()
                .value();
    }

    /** Not what was paid just now, whose event may be on the way; and no sooner again than each process would. */
    @Test
    void theJobReconcilesNowAndThen() throws SQLException {
        execute("UPDATE reconciliation SET started_at = started_at - interval '3 hours'");
        String payment = paid();
        ReconciliationJob job = new ReconciliationJob(gateways, reconciler, reconciliations, hourly(), clock);

        job.run();
        assertThat(customer.balance().at("balance")).isEqualTo("0");
        execute(
                "UPDATE sandbox_payment SET created_at = created_at - interval '100 days' WHERE payment_id = ?",
                payment);
        job.run();
        assertThat(customer.balance().at("balance")).isEqualTo("0");

        execute("UPDATE reconciliation SET started_at = started_at - interval '31 minutes'");
        job.run();
        assertThat(customer.balance().at("balance")).isEqualTo("0");

        execute(
                "UPDATE reconciliation SET started_at = started_at - interval '31 minutes', finished_at = finished_at - interval '1 day'");
        job.run();
        assertThat(customer.balance().at("balance")).isEqualTo("5000");
        assertThat(Customer.get(customer.path("/postings")).is(200).at("data/0/author/id"))
                .isEqualTo("reconciliation");
    }

    private static ReconciliationSettings hourly() {
        return new ReconciliationSettings() {
            @Override
            public String every() {
                return "1h";
            }

            @Override
            public Duration reachesBack() {
                return Duration.ofDays(3);
            }

            @Override
            public Duration reachesBackDaily() {
                return Duration.ofDays(130);
            }
        };
    }

    @Test
    void aRangeIsRequired() {
        Customer.post("/v1/reconciliations", "{'from': '2090-01-01T00:00:00Z'}").is(400, "invalid_request");
        Customer.post("/v1/reconciliations", "{'from': '2001-01-01T00:00:00Z'}").is(400, "invalid_request");
        Customer.post("/v1/reconciliations", "{'until': 1}").is(400, "invalid_request");
    }
}
