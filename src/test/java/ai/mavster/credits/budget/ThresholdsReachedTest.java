package ai.mavster.credits.budget;

import static ai.mavster.credits.budget.BudgetCalls.in;
import static ai.mavster.credits.budget.BudgetCalls.ofAccount;
import static ai.mavster.credits.budget.BudgetCalls.ofProject;
import static ai.mavster.credits.budget.BudgetCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When it is said that a threshold is reached or a budget exceeded: once, by what has made it so. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ThresholdsReachedTest {

    @Inject
    Announced announced;

    private Customer customer;

    @BeforeEach
    void subscribe() {
        customer = BudgetCalls.unspent("3000");
    }

    private List<String> told() {
        return announced.of(customer.id);
    }

    @Test
    void oneDebitMayReachSeveral() {
        ofProject(customer, "p", "'usage_limit': 100").is(201);
        customer.debit("49.999999", in("p")).is(201);
        assertThat(told()).isEmpty();
        customer.debit("0.000001", in("p")).is(201);
        assertThat(told()).containsExactly("project p 50 of 100 at 50");
        customer.debit("40", in("p")).is(201);
        assertThat(told()).containsExactly("project p 75 90 of 100 at 90");
        customer.debit("10", in("p")).is(201);
        assertThat(told()).isEmpty();
    }

    @Test
    void ofSeveralBudgetsEachIsSaid() {
        ofAccount(customer, "'usage_limit': 200").is(201);
        ofProject(customer, "p", "'usage_limit': 100, 'alert_thresholds': [60, 33.5, 110]")
                .is(201);
        customer.debit("100", in("p")).is(201);
        assertThat(told()).containsExactly("account 50 of 200 at 100", "project p 33.5 60 of 100 at 100");
    }

    /** What is held is not used. */
    @Test
    void aHoldReachesNothing() {
        ofProject(customer, "p", "'usage_limit': 100").is(201);
        start(customer, "run", ", 'hold': 95" + in("p")).is(201);
        assertThat(told()).isEmpty();
        BudgetCalls.debit(customer, "run", "60").is(201);
        assertThat(told()).containsExactly("project p 50 of 100 at 60");
    }

    @Test
    void whatIsGivenBackDoesNotArmItAgain() {
        ofProject(customer, "p", "'usage_limit': 100").is(201);
        String debit = customer.debit("80", in("p")).is(201).at("id");
        assertThat(told()).containsExactly("project p 50 75 of 100 at 80");
        customer.reverse(debit, "{'credits': 60, 'reason': 'R'}").is(201);
        customer.debit("60", in("p")).is(201);
        assertThat(told()).isEmpty();
        customer.debit("10", in("p")).is(201);
        assertThat(told()).containsExactly("project p 90 of 100 at 90");
    }

    @Test
    void aRaisedLimitArmsWhatIsAboveThatWhichIsUsed() {
        ofProject(customer, "p", "'usage_limit': 100").is(201);
        customer.debit("95", in("p")).is(201);
        assertThat(told()).containsExactly("project p 50 75 90 of 100 at 95");
        ofProject(customer, "p", "'usage_limit': 150").is(200);
        ofProject(customer, "p", "'usage_limit': 150").is(200);
        assertThat(told()).isEmpty();
        customer.debit("20", in("p")).is(201);
        assertThat(told()).containsExactly("project p 75 of 150 at 115");
    }

    @Test
    void aLoweredLimitTellsWhatIsReachedByIt() {
        ofProject(customer, "p", "'usage_limit': 100").is(201);
        customer.debit("60", in("p")).is(201);
        assertThat(told()).containsExactly("project p 50 of 100 at 60");
        ofProject(customer, "p", "'usage_limit': 70").is(200);
        assertThat(told()).containsExactly("project p 75 of 70 at 60");
        ofProject(customer, "p", "'alert_thresholds': [50, 80, 100]").is(200);
        assertThat(told()).containsExactly("project p 80 of 70 at 60");
    }

    @Test
    void aBudgetThatIsMadeLaterTellsWhatIsReachedAlready() {
        customer.debit("60", in("p")).is(201);
        ofProject(customer, "p", "'usage_limit': 100").is(201);
        assertThat(told()).containsExactly("project p 50 of 100 at 60");
        ofProject(customer, "p", "'billing_email': 'team@example.com'").is(200);
        assertThat(told()).isEmpty();
    }

    @Test
    void aWindowThatComesAgainStaysTold() {
        ofProject(customer, "p", "'usage_limit': 100, 'window': 'billing_period'")
                .is(201);
        customer.debit("60", in("p")).is(201);
        assertThat(told()).containsExactly("project p 50 of 100 at 60");
        // The day is another window, in which as much was used.
        ofProject(customer, "p", "'window': 'day'").is(200);
        assertThat(told()).containsExactly("project p 50 of 100 at 60");
        ofProject(customer, "p", "'window': 'billing_period'").is(200);
        customer.debit("1", in("p")).is(201);
        ofProject(customer, "p", "'window': 'day'").is(200);
        customer.debit("1", in("p")).is(201);
        assertThat(told()).isEmpty();
        customer.debit("13", in("p")).is(201);
        assertThat(told()).containsExactly("project p 75 of 100 at 75");
        ofProject(customer, "p", "'window': 'billing_period', 'usage_limit': 80")
                .is(200);
        assertThat(told()).containsExactly("project p 75 90 of 80 at 75");
    }

    @Test
    void aNewWindowArmsAll() {
        Customer clocked = Customer.onTestClock("2026-10-24T10:00:00Z");
        clocked.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        ofProject(clocked, "p", "'usage_limit': 100, 'window': 'day'").is(201);
        clocked.debit("60", in("p")).is(201);
        assertThat(announced.of(clocked.id)).containsExactly("project p 50 of 100 at 60");
        clocked.advance("2026-10-24T23:59:59Z").is(200);
        clocked.debit("15", in("p")).is(201);
        assertThat(announced.of(clocked.id)).containsExactly("project p 75 of 100 at 75");
        clocked.advance("2026-10-25T00:00:00Z").is(200);
        clocked.debit("50", in("p")).is(201);
        assertThat(announced.of(clocked.id)).containsExactly("project p 50 of 100 at 50");
    }

    @Test
    void thePlansAllotmentHasThresholdsToo() {
        customer.debit("1499.999999").is(201);
        assertThat(told()).isEmpty();
        customer.debit("800").is(201);
        assertThat(told()).containsExactly("plan 50 75 of 3000 at 2299.999999");
        // A larger plan that has granted more counts by that.
        customer.subscribe("{'plan': 'pro', 'status': 'active', 'plan_change': 'immediate_difference'}")
                .is(200);
        customer.debit("700").is(201);
        assertThat(told()).isEmpty();
        customer.debit("7000.000001").is(201);
        assertThat(told()).containsExactly("plan 50 of 20000 at 10000");
    }

    @Test
    void thatABudgetIsExceededIsSaidOnceAWindowAndLimit() {
        ofProject(customer, "p", "'usage_limit': 10").is(201);
        customer.debit("11", in("p")).is(402, "budget_exceeded");
        assertThat(told()).containsExactly("project p exceeded at 0");
        customer.debit("12", in("p")).is(402, "budget_exceeded");
        start(customer, "run", ", 'hold': 11" + in("p")).is(402, "budget_exceeded");
        Customer.post("/v1/preflights", "{'account_id': '" + customer.id + "', 'credits': 11" + in("p") + "}")
                .is(200);
        assertThat(told()).isEmpty();
        ofProject(customer, "p", "'usage_limit': 11").is(200);
        customer.debit("11.000001", in("p")).is(402, "budget_exceeded");
        assertThat(told()).containsExactly("project p exceeded at 0");
        assertThat(customer.proof().at("failures")).isEqualTo("[]");
    }

    @Test
    void manyAtATimeReachItOnce() throws Exception {
        ofProject(customer, "p", "'usage_limit': 100").is(201);
        ofAccount(customer, "'usage_limit': 100").is(201);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        List<Future<Integer>> debits = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            debits.add(threads.submit(() -> customer.debit("1", in("p")).status()));
        }
        for (Future<Integer> debit : debits) {
            assertThat(debit.get()).isEqualTo(201);
        }
        threads.shutdown();
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "project p 50 of 100 at 50",
                        "project p 75 of 100 at 75",
                        "project p 90 of 100 at 90",
                        "account 50 of 100 at 50",
                        "account 75 of 100 at 75",
                        "account 90 of 100 at 90");
    }
}
