package ai.mavster.credits.alert;

import static ai.mavster.credits.alert.AlertCalls.set;
import static ai.mavster.credits.alert.AlertCalls.told;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Thresholds of the plan's allotment and of budgets, from the debit to what the account was told. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ThresholdAlertTest {

    private static final String OF_P = ", 'project_id': 'p'";

    private static Customer onTestClock() {
        Customer customer = Customer.onTestClock("2026-03-01T00:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        return customer;
    }

    private static void budget(Customer customer, String scope, String body) {
        String id = scope.equals("account") ? customer.id : "p";
        assertThat(Customer.put(customer.path("/budgets/" + scope + "/" + id), body)
                        .status())
                .isIn(200, 201);
    }

    /** The highest of them last, so first in the list. */
    @Test
    void oneDebitReachesSeveral() {
        Customer customer = onTestClock();
        budget(customer, "project", "{'usage_limit': 100, 'alert_thresholds': [10, 50, 75.5, 90, 100]}");
        customer.debit("9.999999", OF_P).is(201);
        assertThat(told(customer)).isEmpty();
        customer.debit("80.000001", OF_P).is(201);
        assertThat(told(customer))
                .containsExactly("project 90 90 100", "project 75.5 90 100", "project 50 90 100", "project 10 90 100");
        customer.debit("5", OF_P).is(201);
        assertThat(told(customer)).hasSize(4);
        customer.debit("5", OF_P).is(201);
        Reply alerts = Customer.get(customer.path("/alerts?limit=1")).is(200);
        assertThat(alerts.rows("data", "scope", "scope_id", "threshold", "used", "limit", "window_start", "at"))
                .containsExactly("project p 100 100 100 2026-03-01T00:00:00Z 2026-03-01T00:00:00Z");
    }

    @Test
    void eachIsToldOnceUnderAHundredThreads() throws Exception {
        Customer customer = Customer.on("basic");
        budget(customer, "account", "{'usage_limit': 100}");
        budget(customer, "project", "{'usage_limit': 60}");
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            List<Future<Integer>> debits = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                debits.add(threads.submit(() -> customer.debit("1", OF_P).status()));
            }
            int accepted = 0;
            for (Future<Integer> debit : debits) {
                accepted += debit.get() == 201 ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(60);
        } finally {
            threads.shutdown();
        }
        assertThat(told(customer))
                .containsExactlyInAnyOrder(
                        "project 50 30 60", "project 75 45 60", "project 90 54 60", "account 50 50 100");
    }

    @Test
    void aNewWindowArmsThemAgain() {
        Customer customer = onTestClock();
        budget(customer, "project", "{'usage_limit': 100, 'alert_thresholds': [50], 'window': 'day'}");
        customer.debit("60", OF_P).is(201);
        customer.advance("2026-03-02T00:00:00Z").is(200);
        customer.debit("40", OF_P).is(201);
        assertThat(told(customer)).containsExactly("project 50 60 100");
        customer.debit("10", OF_P).is(201);
        assertThat(told(customer)).containsExactly("project 50 50 100", "project 50 60 100");
    }

    @Test
    void aRaisedLimitArmsThemAndAReversalDoesNot() {
        Customer customer = onTestClock();
        budget(customer, "project", "{'usage_limit': 100, 'alert_thresholds': [50]}");
        String debit = customer.debit("60", OF_P).is(201).at("id");
        customer.reverse(debit, "{'credits': 30, 'reason': 'R'}").is(201);
        customer.debit("30", OF_P).is(201);
        assertThat(told(customer)).containsExactly("project 50 60 100");

        budget(customer, "project", "{'usage_limit': 200}");
        customer.debit("39.999999", OF_P).is(201);
        assertThat(told(customer)).hasSize(1);
        customer.debit("0.000001", OF_P).is(201);
        assertThat(told(customer)).containsExactly("project 50 100 200", "project 50 60 100");
        for (String limit : new String[] {"100", "200", "100", "200"}) {
            budget(customer, "project", "{'usage_limit': " + limit + "}");
        }
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");
    }

    @Test
    void thePlanHasTheConfiguredOnesUnlessItsAccountHasItsOwn() {
        Customer customer = onTestClock();
        assertThat(Customer.get(customer.path("/alert-settings")).is(200).at("thresholds"))
                .isEqualTo("[50,75,90]");
        customer.debit("1500").is(201);
        assertThat(told(customer)).containsExactly("plan 50 1500 3000");

        assertThat(set(customer, "{'thresholds': [60, 33.3, 60]}").is(200).at("thresholds"))
                .isEqualTo("[33.3,60]");
        assertThat(told(customer)).containsExactly("plan 33.3 1500 3000", "plan 50 1500 3000");
        customer.debit("300").is(201);
        assertThat(told(customer)).startsWith("plan 60 1800 3000").hasSize(3);
        customer.debit("600").is(201);
        assertThat(told(customer)).hasSize(3);

        assertThat(set(customer, "{'thresholds': []}").is(200).at("thresholds")).isEqualTo("[]");
        customer.debit("400").is(201);
        assertThat(told(customer)).hasSize(3);
        assertThat(set(customer, "{'debit_above': 5000}").is(200).at("thresholds"))
                .isEqualTo("[]");
        assertThat(set(customer, "{'thresholds': null}").is(200).at("thresholds"))
                .isEqualTo("[50,75,90]");
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");

        customer.topUp("5000").is(201);
        customer.advance("2026-04-01T00:00:00Z").is(200);
        customer.debit("1500").is(201);
        assertThat(told(customer)).first().isEqualTo("plan 50 1500 3000");
    }

    /** Also where nothing is counted of an allotment for the time being. */
    @Test
    void itsOwnOnesStayWhateverBecomesOfTheSubscription() {
        Customer customer = Customer.onTestClock("2026-03-01T00:00:00Z");
        set(customer, "{'thresholds': [1]}").is(200);
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.debit("29").is(201);
        customer.subscribe("{'status': 'canceled'}").is(200);
        customer.debit("1").is(402);
        customer.advance("2026-05-10T00:00:00Z").is(200);
        customer.subscribe("{'status': 'active'}").is(200);
        assertThat(told(customer)).isEmpty();
        customer.debit("30").is(201);
        assertThat(told(customer)).containsExactly("plan 1 30 3000");
        assertThat(Customer.get(customer.path("/alert-settings")).is(200).at("thresholds"))
                .isEqualTo("[1]");
        assertThat(Customer.get(customer.path("/budgets")).is(200).rows("data", "scope"))
                .isEmpty();
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");
    }

    @Test
    void whatIsToldIsAnEvent() {
        Customer customer = onTestClock();
        set(customer, "{'debit_above': 2900}").is(200);
        budget(customer, "project", "{'usage_limit': 2000, 'alert_thresholds': [100]}");
        customer.debit("2000", OF_P).is(201);
        customer.debit("1", OF_P).is(402, "budget_exceeded");
        customer.topUp("2000").is(201);
        customer.debit("3000").is(201);
        Reply events = Customer.get("/v1/events?account_id=" + customer.id).is(200);
        assertThat(events.rows("data", "type"))
                .contains(
                        "credits.threshold_reached",
                        "budget.threshold_reached",
                        "budget.exceeded",
                        "debit.above_threshold",
                        "credits.exhausted");
        assertThat(events.rows("data", "type"))
                .filteredOn("credits.threshold_reached"::equals)
                .hasSize(3);
    }
}
