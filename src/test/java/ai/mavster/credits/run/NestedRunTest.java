package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.finish;
import static ai.mavster.credits.run.RunCalls.hold;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.named;
import static ai.mavster.credits.run.RunCalls.newId;
import static ai.mavster.credits.run.RunCalls.run;
import static ai.mavster.credits.run.RunCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What a run has spent, and what was spent below it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class NestedRunTest {

    @Test
    void aNestedRunDrawsOnTheHoldAboveItAndIsCountedOnce() {
        Customer customer = Customer.having("100");
        String above = start(customer, ", 'hold': 90").is(201).at("run_id");
        String below = start(customer, ", 'estimate': 60, 'parent_run_id': '" + above + "'")
                .is(201)
                .at("run_id");
        start(customer, ", 'estimate': 60").is(402);
        debit(customer, above, "10").is(201);
        assertThat(debit(customer, below, "30").is(201).all("balance", "held", "available"))
                .isEqualTo("60 50 10");

        assertThat(run(customer, below).all("spent", "nested_spent", "total_spent"))
                .isEqualTo("30 0 30");
        assertThat(run(customer, above).all("spent", "nested_spent", "total_spent"))
                .isEqualTo("10 30 40");
        assertThat(hold(run(customer, above))).isEqualTo("90 40 0 50");
        finish(customer, below, "success").is(200);
        finish(customer, above, "success").is(200);
        assertThat(customer.balance().all("balance", "held")).isEqualTo("60 0");
        start(customer, ", 'parent_run_id': '" + above + "'").is(409, "run_not_running");
        start(customer, ", 'parent_run_id': 'nobody'").is(404, "run_not_found");
        isProved(customer);
    }

    /** A debit walks up all levels and adds to each: there are eight at most. */
    @Test
    void runsAreNestedEightDeepAndNotNine() {
        Customer customer = Customer.having("100");
        String top = start(customer, ", 'hold': 20").is(201).at("run_id");
        String deepest = top;
        for (int level = 2; level <= 8; level++) {
            deepest = start(customer, ", 'parent_run_id': '" + deepest + "'")
                    .is(201)
                    .at("run_id");
        }
        String tooDeep = newId();
        start(customer, named(tooDeep) + ", 'parent_run_id': '" + deepest + "'").is(422, "run_nested_too_deep");
        Customer.get(RunCalls.path(customer, tooDeep)).is(404);

        debit(customer, deepest, "3").is(201);
        assertThat(run(customer, top).all("spent", "nested_spent", "hold/captured"))
                .isEqualTo("0 3 3");
        finish(customer, deepest, "success").is(200);
        isProved(customer);
    }

    @Test
    void whatIsGivenBackIsTakenOffTheRuns() {
        Customer customer = Customer.having("100");
        String above = start(customer, "").is(201).at("run_id");
        String below =
                start(customer, ", 'parent_run_id': '" + above + "'").is(201).at("run_id");
        String debitId = debit(customer, below, "30").is(201).at("id");
        customer.reverse(debitId, "{'credits': 12, 'reason': 'flaky'}").is(201);
        assertThat(run(customer, below).all("spent", "nested_spent")).isEqualTo("18 0");
        assertThat(run(customer, above).all("spent", "nested_spent")).isEqualTo("0 18");
    }

    @Test
    void whatWasDebitedInItsNameBeforeItStartsIsItsOwnToo() {
        Customer customer = Customer.having("100");
        String above = start(customer, "").is(201).at("run_id");
        String runId = newId();
        String early = customer.debit("30", named(runId)).is(201).at("id");
        customer.reverse(early, "{'credits': 1, 'reason': 'flaky'}").is(201);
        start(customer, named(runId) + ", 'hold': 80").is(402);
        customer.reverse(early, "{'credits': 2, 'reason': 'flaky'}").is(201);
        assertThat(run(customer, runId).all("status", "spent")).isEqualTo("hard_failure 0");

        Reply started = start(customer, named(runId) + ", 'hold': 50, 'parent_run_id': '" + above + "'")
                .is(201);
        assertThat(started.all("spent", "nested_spent", "hold/captured")).isEqualTo("27 0 0");
        assertThat(run(customer, above).all("spent", "nested_spent")).isEqualTo("0 27");

        customer.reverse(early, "{'reason': 'flaky'}").is(201);
        assertThat(run(customer, runId).all("spent", "nested_spent")).isEqualTo("0 0");
        assertThat(run(customer, above).all("spent", "nested_spent")).isEqualTo("0 0");
        isProved(customer);
    }
}
