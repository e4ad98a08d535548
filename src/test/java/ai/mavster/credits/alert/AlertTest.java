package ai.mavster.credits.alert;

import static ai.mavster.credits.alert.AlertCalls.set;
import static ai.mavster.credits.alert.AlertCalls.told;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts about what an account has, and about single debits. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AlertTest {

    private static final String NONE_LEFT = "credits null null null";

    @ParameterizedTest
    @CsvSource({"99.999999, false", "100, false", "100.000001, true", "500, true"})
    void aDebitIsToldOfWhereItIsAboveWhatWasSet(String credits, boolean isTold) {
        Customer customer = AlertCalls.unspent("1000");
        set(customer, "{'debit_above': 100}").is(200);
        String key = Customer.newKey();
        String body = "{'credits': " + credits + ", 'project_id': 'p'}";
        String debit =
                Customer.post(customer.path("/debits"), key, body).is(201).at("id");
        Customer.post(customer.path("/debits"), key, body).is(201);

        Reply alerts = Customer.get(customer.path("/alerts")).is(200);
        assertThat(alerts.rows("data", "scope", "scope_id", "threshold", "used", "limit", "window_start"))
                .isEqualTo(isTold ? List.of("debit " + debit + " null " + credits + " 100 null") : List.of());
    }

    @Test
    void whatADebitTookCountsAndNotWhatItAskedFor() {
        Customer customer = AlertCalls.unspent("80");
        set(customer, "{'debit_above': 100}").is(200);
        customer.debit("500", ", 'on_insufficient': 'take_available'").is(201);
        assertThat(told(customer)).containsExactly(NONE_LEFT);
    }

    @Test
    void ofSeveralDebitsInABulkEachIsToldOf() {
        Customer customer = AlertCalls.unspent("1000");
        set(customer, "{'debit_above': 10}").is(200);
        String item = "{'account_id': '%s', 'idempotency_key': '%s', 'credits': %s}";
        Customer.post(
                        "/v1/debits",
                        "{'debits': ["
                                + String.join(
                                        ", ",
                                        item.formatted(customer.id, "a", "11"),
                                        item.formatted(customer.id, "b", "10"),
                                        item.formatted(customer.id, "c", "12"))
                                + "]}")
                .is(200);
        assertThat(told(customer)).containsExactlyInAnyOrder("debit null 11 10", "debit null 12 10");
    }

    @Test
    void nothingAvailableIsToldWheneverItComesToThat() {
        Customer customer = AlertCalls.unspent("100");
        customer.debit("99.999999").is(201);
        assertThat(told(customer)).isEmpty();
        customer.debit("0.000001").is(201);
        assertThat(told(customer)).containsExactly(NONE_LEFT);
        customer.debit("1").is(402);
        customer.debit("0", ", 'action': 'wait'").is(400);
        assertThat(told(customer)).hasSize(1);

        customer.topUp("5").is(201);
        customer.debit("9", ", 'on_insufficient': 'take_available'").is(201);
        assertThat(told(customer)).containsExactly(NONE_LEFT, NONE_LEFT);
    }

    @Test
    void whatIsHeldIsNotAvailable() {
        Customer customer = AlertCalls.unspent("100");
        start(customer, "'run_id': 'all', 'hold': 100");
        assertThat(told(customer)).containsExactly(NONE_LEFT);
        post(customer, "/runs/all/debits", "'credits': 60").is(201);
        assertThat(told(customer)).hasSize(1);
        post(customer, "/runs/all/finish", "'status': 'success'").is(200);
        assertThat(customer.balance().at("available")).isEqualTo("40");
        customer.debit("40").is(201);
        assertThat(told(customer)).hasSize(2);
    }

    /** What a run takes over from the run above is free for no moment. */
    @Test
    void whatMovesFromHoldToHoldIsNotToldOf() {
        Customer customer = AlertCalls.unspent("100");
        start(customer, "'run_id': 'above', 'hold': 100");
        start(customer, "'run_id': 'below', 'hold': 30, 'parent_run_id': 'above'");
        post(customer, "/runs/below/finish", "'status': 'success'").is(200);
        assertThat(told(customer)).containsExactly(NONE_LEFT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"void", "adjustment"})
    void whatIsTakenBackIsToldOfToo(String how) {
        Customer customer = Customer.create();
        String grant = customer.topUp("10").is(201).at("id");
        if (how.equals("void")) {
            customer.takeBack(grant, "{'reason': 'R'}").is(201);
        } else {
            customer.adjust("-10").is(201);
        }
        assertThat(told(customer)).containsExactly(NONE_LEFT);
    }

    @Test
    void whatExpiresIsToldOfUnlessItIsRenewed() {
        Customer customer = Customer.onTestClock("2026-03-01T00:00:00Z");
        customer.grant("10", ", 'expires_at': '2026-03-02T00:00:00Z'").is(201);
        customer.advance("2026-03-02T00:00:00Z").is(200);
        assertThat(told(customer)).containsExactly(NONE_LEFT);

        String plan = "expiring-" + UUID.randomUUID();
        Customer.put("/v1/plans/" + plan, "{'name': 'P', 'monthly_credits': 10, 'rollover': 'none'}")
                .is(201);
        customer.subscribe("{'plan': '" + plan + "', 'status': 'active'}").is(200);
        customer.advance("2026-06-15T00:00:00Z").is(200);
        assertThat(customer.balance().at("balance")).isEqualTo("10");
        assertThat(told(customer)).hasSize(1);

        customer.subscribe("{'cancel_at_period_end': true}").is(200);
        customer.advance("2026-08-01T00:00:00Z").is(200);
        assertThat(customer.balance().at("balance")).isEqualTo("0");
        assertThat(told(customer)).hasSize(2);
    }

    @Test
    void ofAnAccountThatIsClosedNothingIsTold() {
        Customer customer = AlertCalls.unspent("100");
        customer.close("?balance=void").is(200);
        assertThat(told(customer)).isEmpty();
    }

    /** Whoever comes last takes the last of it: that is one debit, among many at a time. */
    @Test
    void itIsToldOnceAmongManyAtATime() throws Exception {
        Customer customer = AlertCalls.unspent("37");
        set(customer, "{'debit_above': 0.5}").is(200);
        Scrape before = Scrape.now();
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            List<Future<Integer>> debits = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                debits.add(threads.submit(() -> customer.debit("1").status()));
            }
            int accepted = 0;
            for (Future<Integer> debit : debits) {
                accepted += debit.get() == 201 ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(37);
        } finally {
            threads.shutdown();
        }
        assertThat(told(customer, "?scope=credits")).containsExactly(NONE_LEFT);
        assertThat(told(customer, "?scope=debit")).hasSize(37).containsOnly("debit null 1 0.5");
        before.risesBy("credits_alerts_total{scope=\"credits\"}", "1");
        before.risesBy("credits_alerts_total{scope=\"debit\"}", "37");
    }

    @Test
    void theListIsFilteredAndPaged() {
        Customer customer = Customer.onTestClock("2026-03-01T00:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        set(customer, "{'debit_above': 1}").is(200);
        for (int day = 1; day <= 5; day++) {
            customer.advance("2026-03-0" + day + "T00:00:00Z").is(200);
            customer.debit("10" + day).is(201);
            customer.debit("20" + day).is(201);
        }
        assertThat(told(customer, "?scope=debit"))
                .startsWith("debit null 205 1", "debit null 105 1", "debit null 204 1")
                .hasSize(10);
        assertThat(told(customer, "?scope=credits,plan,debit")).hasSizeGreaterThanOrEqualTo(10);
        assertThat(told(customer, "?scope=credits")).isEmpty();
        assertThat(told(customer, "?scope=debit&from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z"))
                .containsExactly("debit null 202 1", "debit null 102 1");

        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = Customer.get(customer.path("/alerts?scope=debit&limit=3" + cursor))
                    .is(200);
            paged.addAll(page.rows("data", "scope", "threshold", "used", "limit"));
            cursor = page.at("next_cursor") == null ? "" : "&cursor=" + page.at("next_cursor");
        } while (!cursor.isEmpty());
        assertThat(paged).isEqualTo(told(customer, "?scope=debit"));

        Customer.get(customer.path("/alerts?scope=nothing")).is(400, "invalid_request");
        Customer.get(customer.path("/alerts?kind=debit")).is(400, "invalid_request");
        Customer.get("/v1/accounts/no-such-account/alerts").is(404, "account_not_found");
    }

    private static void start(Customer customer, String fields) {
        post(customer, "/runs", fields).is(201);
    }

    private static Reply post(Customer customer, String path, String fields) {
        return Customer.post(customer.path(path), Customer.newKey(), "{" + fields + "}");
    }
}
