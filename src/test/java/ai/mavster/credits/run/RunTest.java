package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.extend;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a run and its account, as a test-runner sees it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunTest {

    @Test
    void aRunHoldsDrawsExtendsAndReleases() {
        Customer customer = Customer.having("100");
        Reply started = start(customer, ", 'estimate': 40, 'hold': 40, 'test_id': 't1', 'project_id': 'p1'")
                .is(201);
        String runId = started.at("run_id");
        assertThat(started.all("status", "estimated", "spent")).isEqualTo("running 40 0");
        assertThat(hold(started)).isEqualTo("40 0 0 40");
        assertThat(customer.balance().all("balance", "held", "available")).isEqualTo("100 40 60");

        assertThat(debit(customer, runId, "15").is(201).all("credits", "balance", "held", "available"))
                .isEqualTo("15 85 25 60");
        assertThat(hold(extend(customer, runId, Customer.newKey(), "10").is(200)))
                .isEqualTo("50 15 0 35");
        assertThat(customer.balance().all("balance", "held", "available")).isEqualTo("85 35 50");

        Reply finished = finish(customer, runId, "success").is(200);
        assertThat(finished.all("status", "estimated", "spent", "total_spent", "estimate_error"))
                .isEqualTo("success 40 15 15 -0.625");
        assertThat(hold(finished)).isEqualTo("50 15 35 0");
        assertThat(customer.balance().all("balance", "held", "available")).isEqualTo("85 0 85");
        assertThat(customer.entries("?run_id=" + runId).rows("data", "credits", "project_id", "test_id"))
                .containsExactly("-15 p1 t1");
        isProved(customer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            active | 100 | , 'estimate': 100              | 201 |
            active | 100 | , 'estimate': 100.000001       | 402 | insufficient_credits
            active | 100 | , 'hold': 100                  | 201 |
            active | 100 | , 'hold': 100.000001           | 402 | insufficient_credits
            active | 100 | , 'estimate': 101, 'hold': 1   | 402 | insufficient_credits
            active | 0   |                                | 402 | insufficient_credits
            active | 100 | , 'hold': false                | 201 |
            paused | 100 | , 'estimate': 1                | 402 | subscription_required
            paused | 0   |                                | 402 | subscription_required
            """)
    void aRunThatMayNotStartIsAHardFailure(String status, String balance, String body, int answer, String code) {
        Customer customer = Customer.having(balance);
        customer.subscribe("{'plan': 'basic', 'status': '" + status + "'}").is(200);
        String runId = newId();
        Reply reply = start(customer, named(runId) + (body == null ? "" : body)).is(answer);
        if (answer == 201) {
            return;
        }
        reply.is(402, code);
        assertThat(reply.all("run_id", "run_status")).isEqualTo(runId + " hard_failure");
        assertThat(run(customer, runId).all("status", "reason", "spent", "hold"))
                .isEqualTo("hard_failure " + code + " 0 null");
        assertThat(customer.balance().all("balance", "held")).isEqualTo(balance + " 0");
        debit(customer, runId, "1").is(409, "run_not_running");
        finish(customer, runId, "failed").is(409, "run_not_running");
        extend(customer, runId, Customer.newKey(), "1").is(409, "run_not_running");
    }

    @Test
    void aBlockedRunMayStartOnceItIsPaid() {
        Customer customer = Customer.having("5");
        String runId = newId();
        String key = Customer.newKey();
        start(customer, key, named(runId) + ", 'hold': 10").is(402);
        customer.topUp("5").is(201);
        start(customer, key, named(runId) + ", 'hold': 10").is(201);
        assertThat(run(customer, runId).all("status", "reason")).isEqualTo("running null");
        assertThat(start(customer, key, named(runId) + ", 'hold': 10").is(201).replayed())
                .isEqualTo("true");
        assertThat(customer.balance().at("held")).isEqualTo("10");
    }

    @Test
    void finishingTwiceChangesNothing() {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 10").is(201).at("run_id");
        Reply first = finish(customer, runId, "canceled").is(200);
        assertThat(finish(customer, runId, "canceled").is(200).json()).isEqualTo(first.json());
        finish(customer, runId, "success").is(409, "run_not_running");
        extend(customer, runId, Customer.newKey(), "1").is(409, "run_not_running");
        assertThat(customer.balance().all("balance", "held")).isEqualTo("100 0");
    }

    @Test
    void aLateDebitLandsIfItCanBePaid() {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 10").is(201).at("run_id");
        finish(customer, runId, "success").is(200);
        debit(customer, runId, "20").is(201);
        debit(customer, runId, "80.5").is(402, "insufficient_credits");
        assertThat(run(customer, runId).all("status", "spent", "reason")).isEqualTo("success 20 null");
        isProved(customer);
    }

    @Test
    void aSubscriptionThatLapsesStopsTheNextDebit() {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 40").is(201).at("run_id");
        debit(customer, runId, "10").is(201);
        customer.subscribe("{'plan': 'basic', 'status': 'paused'}").is(200);
        debit(customer, runId, "10").is(402, "subscription_required");
        assertThat(run(customer, runId).all("status", "reason", "spent", "refusals/0/code"))
                .isEqualTo("running null 10 subscription_required");
        assertThat(finish(customer, runId, "failed").is(200).all("status", "reason", "hold/captured", "hold/released"))
                .isEqualTo("failed subscription_required 10 30");
    }

    @Test
    void twoAccountsMayUseOneRunId() {
        Customer one = Customer.having("100");
        Customer two = Customer.having("100");
        String runId = newId();
        start(one, named(runId)).is(201);
        start(two, named(runId)).is(201);
        debit(two, runId, "7").is(201);
        assertThat(one.balance().at("balance")).isEqualTo("100");
        assertThat(two.balance().at("balance")).isEqualTo("93");
        assertThat(run(one, runId).at("spent")).isEqualTo("0");
        assertThat(run(two, runId).at("spent")).isEqualTo("7");
    }

    @Test
    void oneCanceledInTheQueueHasCostWhatWasDebitedForItBefore() {
        Customer customer = Customer.having("10");
        String debit = ", 'run_id': 'r', 'action': 'tap'";
        customer.debit("2", debit).is(201);
        start(customer, named("r") + ", 'hold': 40, 'when_refused': 'queue'").is(202);
        finish(customer, "r", "canceled").is(200);
        customer.debit("3", debit).is(201);
        assertThat(run(customer, "r").all("status", "spent")).isEqualTo("canceled 5");
        isProved(customer);
    }

    @Test
    void theListShowsThemNewestFirst() {
        Customer customer = Customer.having("10");
        for (int i = 0; i < 3; i++) {
            start(customer, named("list-" + i) + ", 'test_id': 't" + i % 2 + "'")
                    .is(201);
        }
        start(customer, named("list-3") + ", 'estimate': 11").is(402);
        Reply page = Customer.get(customer.path("/runs?limit=3")).is(200);
        assertThat(page.rows("data", "run_id")).containsExactly("list-3", "list-2", "list-1");
        Reply rest = Customer.get(customer.path("/runs?limit=3&cursor=" + page.at("next_cursor")))
                .is(200);
        assertThat(rest.rows("data", "run_id")).containsExactly("list-0");
        assertThat(Customer.get(customer.path("/runs?status=hard_failure")).rows("data", "run_id"))
                .containsExactly("list-3");
        assertThat(Customer.get(customer.path("/runs?test_id=t0")).rows("data", "run_id"))
                .containsExactly("list-2", "list-0");
    }

    @Test
    void theListCanBeOfATimeAndOfAPlace() {
        Customer customer = Customer.having("10");
        List<String> startedAt = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            startedAt.add(start(customer, named("list-" + i) + ", 'project_id': 'p" + i % 2 + "'")
                    .is(201)
                    .at("started_at"));
        }
        String between = "&from=" + startedAt.get(1) + "&to=" + startedAt.get(4);
        assertThat(listed(customer, "?limit=9" + between)).containsExactly("list-3", "list-2", "list-1");
        assertThat(listed(customer, "?project_id=p1" + between)).containsExactly("list-3", "list-1");
        assertThat(listed(customer, "?status=running&from=" + startedAt.get(4))).containsExactly("list-4");
        assertThat(listed(customer, "?to=" + startedAt.get(0))).isEmpty();
        Reply page = Customer.get(customer.path("/runs?limit=2" + between)).is(200);
        assertThat(listed(customer, "?limit=2" + between + "&cursor=" + page.at("next_cursor")))
                .containsExactly("list-1");
        assertThat(Customer.get(customer.path("/runs?from=yesterday"))
                        .is(400, "invalid_request")
                        .at("errors/0/field"))
                .isEqualTo("from");
    }

    private static List<String> listed(Customer customer, String query) {
        return Customer.get(customer.path("/runs" + query)).is(200).rows("data", "run_id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            , 'hold': true                                | hold
            , 'hold': 0                                   | hold
            , 'hold': 'yes'                               | hold
            , 'estimate': -1                              | estimate
            , 'estimate': [{'action': 'nothing-like-it'}] | estimate[0].action
            , 'hold_expires_in': 'PT59S'                  | hold_expires_in
            , 'hold_expires_in': 'PT168H1S'               | hold_expires_in
            , 'run_id': 'a b'                             | run_id
            """)
    void badInputNamesTheField(String more, String field) {
        Customer customer = Customer.having("10");
        assertThat(start(customer, more).is(400, "invalid_request").at("errors/0/field"))
                .isEqualTo(field);
    }
}
