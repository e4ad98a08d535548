package ai.mavster.credits.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.payment.ProviderPayment.Status;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** When accounts are recharged, and what becomes of it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(WithPlayedProvider.class)
class RechargeTest extends RechargeFixture {

    @Inject
    AgroalDataSource database;

    private static void balanceIs(Customer customer, String balance) {
        assertThat(customer.balance().at("balance")).isEqualTo(balance);
    }

    @Test
    void belowTheThresholdItIsBoughtOnce() {
        Customer customer = recharged();
        customer.debit("2900").is(201);
        assertThat(recharges(customer)).isEmpty();
        customer.debit("0.000001").is(201);
        becomes(customer, "succeeded 500");
        balanceIs(customer, "599.999999");
        assertThat(provider.paid(customer.id)).isEqualTo(1);
        Reply list = Customer.get(customer.path("/recharges")).is(200);
        assertThat(list.all("data/0/price/value", "data/0/price/currency", "data/0/decline_code"))
                .isEqualTo("5 EUR null");
        assertThat(list.at("data/0/id")).startsWith("recharge_");
        assertThat(settings(customer).all("recharged", "last_recharge/status", "last_recharge/id"))
                .isEqualTo("500 succeeded " + list.at("data/0/id"));
        assertThat(announced(customer)).containsExactly("recharge.succeeded");
        assertThat(Customer.get(customer.path("/postings?limit=1"))
                        .is(200)
                        .rows("data", "kind", "credits", "author/id"))
                .containsExactly("top_up 500 recharges");
        isProven(customer);
    }

    @Test
    void toSwitchItOnBuysNothingUntilSomethingIsTaken() {
        Customer customer = Customer.having("50");
        set(customer, SETTINGS).is(200);
        customer.topUp("1").is(201);
        assertThat(recharges(customer)).isEmpty();
        customer.debit("1").is(201);
        becomes(customer, "succeeded 500");
    }

    @Test
    void theGapIsMeasuredOnce() {
        Customer customer = Customer.on("basic");
        set(customer, "{'enabled': true, 'threshold': 100, 'top_up_to': 400, 'limit_per_period': 1000}")
                .is(200);
        provider.outcome(customer.id, Status.PENDING);
        customer.debit("2950").is(201);
        becomes(customer, "pending 350");
        customer.debit("50").is(201);
        assertThat(recharges(customer)).containsExactly("pending 350");
        provider.settle(customer.id, Status.PAID);
        becomes(customer, "succeeded 350");
        balanceIs(customer, "350");
    }

    @Test
    void whatAHoldReservesIsNotAvailable() {
        Customer customer = recharged();
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r', 'estimate': 2900, 'hold': 2900}")
                .is(201);
        assertThat(recharges(customer)).isEmpty();
        Customer.post(customer.path("/runs/r/hold"), Customer.newKey(), "{'credits': 1}")
                .is(200);
        becomes(customer, "succeeded 500");
    }

    @Test
    void whatExpiresIsMissing() {
        Customer customer = Customer.onTestClock("2026-03-01T00:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.adjust("-2950").is(201);
        customer.grant("200", ", 'expires_at': '2026-03-02T00:00:00Z'").is(201);
        assertThat(customer.balance().at("balance")).isEqualTo("250");
        set(customer, SETTINGS).is(200);
        customer.advance("2026-03-01T23:59:59Z").is(200);
        assertThat(recharges(customer)).isEmpty();
        customer.advance("2026-03-02T00:00:00Z").is(200);
        becomes(customer, "succeeded 500");
        assertThat(Customer.get(customer.path("/recharges")).is(200).at("data/0/at"))
                .isEqualTo("2026-03-02T00:00:00Z");
    }

    /** What is taken back is not sold again. */
    @Test
    void voidsAndAdjustmentsBuyNothing() {
        Customer customer = recharged();
        customer.adjust("-2950").is(201);
        String grant = customer.topUp("100").is(201).at("grant_id");
        customer.takeBack(grant, "{'reason': 'R'}").is(201);
        assertThat(recharges(customer)).isEmpty();
    }

    @Test
    void aThousandAtOnceMakeOne() throws Exception {
        Customer customer = recharged();
        provider.outcome(customer.id, Status.PENDING);
        customer.debit("1999").is(201);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            List<Future<Integer>> debits = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                debits.add(threads.submit(() -> customer.debit("1").status()));
            }
            for (Future<Integer> debit : debits) {
                assertThat(debit.get()).isEqualTo(201);
            }
        } finally {
            threads.shutdown();
        }
        becomes(customer, "pending 500");
        provider.settle(customer.id, Status.PAID);
        becomes(customer, "succeeded 500");
        balanceIs(customer, "501");
        isProven(customer);
    }

    /** Whole or not at all; announced once; by the account's own months. */
    @Test
    void neverAboveTheLimitOfThePeriod() {
        Customer customer = Customer.onTestClock("2026-03-01T00:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        set(customer, "{'enabled': true, 'threshold': 100, 'credits_to_add': 500, 'limit_per_period': 1400}")
                .is(200);
        customer.debit("2901").is(201);
        becomes(customer, "succeeded 500");
        customer.debit("500").is(201);
        becomes(customer, "succeeded 500", "succeeded 500");
        customer.debit("500").is(201);
        customer.debit("1").is(201);
        assertThat(recharges(customer)).hasSize(2);
        assertThat(announced(customer))
                .containsExactly("recharge.succeeded", "recharge.succeeded", "recharge.failed limit_reached");
        assertThat(settings(customer).at("recharged")).isEqualTo("1000");
        customer.advance("2026-04-01T00:00:00Z").is(200);
        assertThat(settings(customer).at("recharged")).isEqualTo("0");
        customer.debit("3000").is(201);
        becomes(customer, "succeeded 500", "succeeded 500", "succeeded 500");
        isProven(customer);
    }

    @Test
    void neverForAnInactiveSubscription() {
        Customer customer = recharged();
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r', 'estimate': 2000, 'hold': 2000}")
                .is(201);
        customer.subscribe("{'status': 'past_due'}").is(200);
        Customer.post(customer.path("/runs/r/debits"), Customer.newKey(), "{'credits': 2000}")
                .is(402);
        customer.subscribe("{'status': 'active'}").is(200);
        assertThat(recharges(customer)).isEmpty();
        Customer none = Customer.create();
        none.topUp("50").is(201);
        none.grant("10", ", 'expires_at': '2099-01-01T00:00:00Z'").is(201);
        set(none, SETTINGS).is(200);
        none.debit("1").is(402);
        assertThat(recharges(none)).isEmpty();
    }

    /** Also where nothing is available any more, which is named first. */
    @Test
    void neverPastABudgetOfTheWholeAccount() {
        Customer customer = Customer.having("100");
        set(customer, SETTINGS).is(200);
        Customer.put(customer.path("/budgets/account/" + customer.id), "{'usage_limit': 3000}")
                .is(201);
        customer.debit("100").is(201);
        assertThat(recharges(customer)).isEmpty();
        Customer.put(customer.path("/budgets/account/" + customer.id), "{'usage_limit': 3001}")
                .is(200);
        customer.topUp("1").is(201);
        customer.debit("0.5").is(201);
        becomes(customer, "succeeded 500");
    }

    @Test
    void declinedOnesAreFollowedByLongerAndLongerPausesUntilItIsOff() {
        Customer customer = recharged();
        set(customer, "{'payment_method': 'card_declined'}").is(200);
        customer.debit("2950").is(201);
        becomes(customer, "declined 500");
        assertThat(settings(customer).all("enabled", "failures", "recharged")).isEqualTo("true 1 0");
        assertThat(settings(customer).at("last_recharge/decline_code")).isEqualTo("insufficient_funds");
        customer.debit("1").is(201);
        assertThat(recharges(customer)).hasSize(1);
        // Nobody has to do anything: once the pause is over it is tried again.
        clock.moveBy(Duration.ofHours(1));
        becomes(customer, "declined 500", "declined 500");
        clock.moveBy(Duration.ofHours(6));
        becomes(customer, "declined 500", "declined 500", "declined 500");
        clock.moveBy(Duration.ofHours(24));
        becomes(customer, "declined 500", "declined 500", "declined 500", "declined 500");
        assertThat(settings(customer).all("enabled", "switched_off", "paused_until"))
                .isEqualTo("false failures null");
        assertThat(announced(customer)).hasSize(4).containsOnly("recharge.failed declined");
        customer.debit("1").is(201);
        assertThat(recharges(customer)).hasSize(4);
        set(customer, "{'enabled': true, 'payment_method': null}").is(200);
        customer.debit("1").is(201);
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> recharges(customer).get(0).equals("succeeded 500"),
                () -> "it is recharged again");
        assertThat(settings(customer).at("failures")).isEqualTo("0");
        isProven(customer);
    }

    @Test
    void whatHasToBeConfirmedIsShownWithItsLink() {
        Customer customer = recharged();
        provider.outcome(customer.id, Status.CONFIRMATION_NEEDED);
        customer.debit("2950").is(201);
        becomes(customer, "confirmation_needed 500");
        assertThat(Customer.get(customer.path("/recharges")).is(200).at("data/0/confirmation_url"))
                .startsWith("https://payments.example.com/confirm/");
        assertThat(announced(customer)).containsExactly("recharge.confirmation_needed");
        customer.debit("1").is(201);
        assertThat(recharges(customer)).hasSize(1);
        provider.settle(customer.id, Status.PAID);
        becomes(customer, "succeeded 500");
        assertThat(Customer.get(customer.path("/recharges")).is(200).at("data/0/confirmation_url"))
                .isNull();
        isProven(customer);
    }

    @Test
    void theProofSeesWhatWasChangedByHand() throws SQLException {
        Customer customer = recharged();
        customer.debit("2950").is(201);
        becomes(customer, "succeeded 500");
        for (String change : new String[] {
            "recharge_settings SET threshold = threshold + 1",
            "recharge_settings SET recharged = 0",
            "recharge SET credits = credits + 1",
            "recharge SET status = 'declined'"
        }) {
            isProven(customer);
            String table = change.split(" ", -1)[0];
            String columns = "to_jsonb(t)::text";
            String before =
                    text("SELECT " + columns + " FROM " + table + " t WHERE account_id = '" + customer.id + "'");
            execute("UPDATE " + change + " WHERE account_id = '" + customer.id + "'");
            assertThat(customer.proof().at("balanced")).as(change).isEqualTo("false");
            execute("DELETE FROM " + table + " WHERE account_id = '" + customer.id + "'");
            execute("INSERT INTO " + table + " SELECT * FROM jsonb_populate_record(NULL::" + table + ", '" + before
                    + "')");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery(sql);
            row.next();
            return row.getString(1);
        }
    }
}
