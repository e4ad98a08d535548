package ai.mavster.credits.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.database.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a run, its hold and its account, as a test-runner sees it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunTest {

    private static final String HOLD = "hold/amount hold/captured hold/released hold/remaining";

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private static Reply start(Customer customer, String more) {
        return start(customer, Customer.newKey(), more);
    }

    private static Reply start(Customer customer, String key, String more) {
        return Customer.post("/v1/runs", key, "{'account_id': '" + customer.id + "'" + more + "}");
    }

    private static Reply debit(String runId, String credits) {
        return debit(runId, Customer.newKey(), "'credits': " + credits);
    }

    private static Reply debit(String runId, String key, String body) {
        return Customer.post("/v1/runs/" + runId + "/debits", key, "{" + body + "}");
    }

    private static Reply extend(String runId, String key, String credits) {
        return Customer.post("/v1/runs/" + runId + "/hold", key, "{'credits': " + credits + "}");
    }

    private static Reply finish(String runId, String status) {
        return Customer.post("/v1/runs/" + runId + "/finish", "{'status': '" + status + "'}");
    }

    private static Reply run(String runId) {
        return Customer.get("/v1/runs/" + runId).is(200);
    }

    private static String newId() {
        return "run-" + UUID.randomUUID();
    }

    private static String named(String runId) {
        return ", 'run_id': '" + runId + "'";
    }

    private static void isProved(Customer customer) {
        assertThat(Customer.get(customer.path("/proof")).is(200).all("balanced", "chain_intact"))
                .isEqualTo("true true");
    }

    @Test
    void aRunHoldsDrawsExtendsAndReleases() {
        Customer customer = Customer.having("100");
        Reply started = start(customer, ", 'estimate': 40, 'hold': 40, 'test_id': 't1', 'project_id': 'p1'")
                .is(201);
        String runId = started.at("run_id");
        assertThat(started.all("status", "estimated", "spent")).isEqualTo("running 40 0");
        assertThat(started.all(HOLD.split(" "))).isEqualTo("40 0 0 40");
        assertThat(customer.balance().all("balance", "held", "available")).isEqualTo("100 40 60");

        assertThat(debit(runId, "15").is(201).all("credits", "balance", "held", "available"))
                .isEqualTo("15 85 25 60");
        assertThat(extend(runId, Customer.newKey(), "10").is(200).all(HOLD.split(" ")))
                .isEqualTo("50 15 0 35");
        assertThat(customer.balance().all("balance", "held", "available")).isEqualTo("85 35 50");

        Reply finished = finish(runId, "success").is(200);
        assertThat(finished.all("status", "estimated", "spent", "total_spent", "estimate_error"))
                .isEqualTo("success 40 15 15 -0.625");
        assertThat(finished.all(HOLD.split(" "))).isEqualTo("50 15 35 0");
        assertThat(customer.balance().all("balance", "held", "available")).isEqualTo("85 0 85");
        assertThat(customer.entries("?run_id=" + runId).rows("data", "credits", "project_id", "test_id"))
                .containsExactly("-15 p1 t1");
        isProved(customer);
    }

    @Test
    void moreThanTheHoldComesFromWhatIsAvailable() {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 40").is(201).at("run_id");
        assertThat(debit(runId, "70").is(201).all("balance", "held", "available"))
                .isEqualTo("30 0 30");
        assertThat(run(runId).all(HOLD.split(" "))).isEqualTo("40 40 0 0");
        isProved(customer);
    }

    @Test
    void neighboursCannotTakeWhatIsHeld() {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 60").is(201).at("run_id");
        customer.debit("40.000001").is(402, "insufficient_credits");
        customer.debit("40").is(201);
        start(customer, ", 'hold': 1").is(402, "insufficient_credits");
        for (int step = 0; step < 6; step++) {
            debit(runId, "10").is(201);
        }
        Reply dry = debit(runId, "0.5").is(402, "insufficient_credits");
        assertThat(dry.all("required", "available", "shortfall")).isEqualTo("0.5 0 0.5");
        assertThat(run(runId).all("status", "reason", "spent")).isEqualTo("running insufficient_credits 60");
        assertThat(finish(runId, "failed").is(200).all("status", "reason")).isEqualTo("failed insufficient_credits");
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
        assertThat(run(runId).all("status", "reason", "spent", "hold")).isEqualTo("hard_failure " + code + " 0 null");
        assertThat(customer.balance().all("balance", "held")).isEqualTo(balance + " 0");
        debit(runId, "1").is(409, "run_not_running");
        finish(runId, "failed").is(409, "run_not_running");
        extend(runId, Customer.newKey(), "1").is(409, "run_not_running");
    }

    @Test
    void aBlockedRunMayStartOnceItIsPaid() {
        Customer customer = Customer.having("5");
        String runId = newId();
        String key = Customer.newKey();
        start(customer, key, named(runId) + ", 'hold': 10").is(402);
        customer.topUp("5").is(201);
        start(customer, key, named(runId) + ", 'hold': 10").is(201);
        assertThat(run(runId).all("status", "reason")).isEqualTo("running null");
        assertThat(start(customer, key, named(runId) + ", 'hold': 10").is(201).replayed())
                .isEqualTo("true");
        assertThat(customer.balance().at("held")).isEqualTo("10");
    }

    @Test
    void repeatsTellTheFirstAnswerAgain() {
        Customer customer = Customer.having("100");
        String key = Customer.newKey();
        Reply first = start(customer, key, ", 'hold': 10").is(201);
        String runId = first.at("run_id");
        String more = Customer.newKey();
        Reply extended = extend(runId, more, "5").is(200);
        String step = Customer.newKey();
        Reply debited = debit(runId, step, "'credits': 3").is(201);

        Reply again = start(customer, key, ", 'hold': 10").is(201);
        assertThat(again.replayed()).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(extend(runId, more, "5").is(200).json()).isEqualTo(extended.json());
        assertThat(debit(runId, step, "'credits': 3").is(201).json()).isEqualTo(debited.json());
        assertThat(run(runId).all(HOLD.split(" "))).isEqualTo("15 3 0 12");

        start(customer, key, ", 'hold': 11").is(422, "idempotency_key_reused");
        extend(runId, more, "6").is(422, "idempotency_key_reused");
        extend(runId, key, "6").is(422, "idempotency_key_reused");
        debit(runId, key, "'credits': 3").is(422, "idempotency_key_reused");
        start(customer, step, ", 'hold': 1").is(422, "idempotency_key_reused");
        start(customer, named(runId)).is(409, "run_exists");
        assertThat(customer.balance().all("balance", "held")).isEqualTo("97 12");
    }

    @Test
    void finishingTwiceChangesNothing() {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 10").is(201).at("run_id");
        Reply first = finish(runId, "canceled").is(200);
        assertThat(finish(runId, "canceled").is(200).json()).isEqualTo(first.json());
        finish(runId, "success").is(409, "run_not_running");
        extend(runId, Customer.newKey(), "1").is(409, "run_not_running");
        assertThat(customer.balance().all("balance", "held")).isEqualTo("100 0");
    }

    @Test
    void aLateDebitLandsIfItCanBePaid() {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 10").is(201).at("run_id");
        finish(runId, "success").is(200);
        debit(runId, "20").is(201);
        debit(runId, "80.5").is(402, "insufficient_credits");
        assertThat(run(runId).all("status", "spent", "reason")).isEqualTo("success 20 null");
        isProved(customer);
    }

    /** Half-open: at its instant a hold counts for nothing any more, and a debit then draws on what is available. */
    @ParameterizedTest
    @CsvSource({"-1, 40 10 0 30, 90 30 60", "0, 40 0 40 0, 90 0 90", "1, 40 0 40 0, 90 0 90"})
    void aForgottenHoldIsReleasedAtItsInstant(long micros, String hold, String balance) {
        Customer customer = Customer.having("100");
        Instant start = Instant.parse("2027-01-10T10:00:00Z");
        clock.stopAt(start);
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.bring("100");
        String runId = start(customer, ", 'hold': 40, 'hold_expires_in': 'PT30M'")
                .is(201)
                .at("run_id");

        clock.stopAt(start.plus(Duration.ofMinutes(30)).plusNanos(micros * 1_000));
        debit(runId, "10").is(201);

        assertThat(run(runId).all(HOLD.split(" "))).isEqualTo(hold);
        assertThat(customer.balance().all("balance", "held", "available")).isEqualTo(balance);
        isProved(customer);
    }

    @Test
    void everyReadLeavesOutWhatHasExpired() {
        Customer customer = Customer.having("100");
        Instant start = Instant.parse("2027-01-10T10:00:00Z");
        clock.stopAt(start);
        customer.bring("100");
        String runId = start(customer, ", 'hold': 40").is(201).at("run_id");

        clock.stopAt(start.plus(Duration.ofHours(1)));

        assertThat(customer.balance().all("held", "available")).isEqualTo("0 100");
        assertThat(run(runId).all(HOLD.split(" "))).isEqualTo("40 0 40 0");
        customer.debit("100").is(201);
    }

    @Test
    void anExtensionKeepsAHoldForAsLongAgain() {
        Customer customer = Customer.having("100");
        Instant start = Instant.parse("2027-01-10T10:00:00Z");
        clock.stopAt(start);
        customer.bring("100");
        String runId = start(customer, ", 'hold': 40").is(201).at("run_id");
        clock.stopAt(start.plus(Duration.ofMinutes(50)));
        extend(runId, Customer.newKey(), "1").is(200);
        clock.stopAt(start.plus(Duration.ofMinutes(109)));
        assertThat(customer.balance().at("held")).isEqualTo("41");
        clock.stopAt(start.plus(Duration.ofMinutes(110)));
        assertThat(customer.balance().at("held")).isEqualTo("0");
    }

    @Test
    void aSubscriptionThatLapsesStopsTheNextDebit() {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 40").is(201).at("run_id");
        debit(runId, "10").is(201);
        customer.subscribe("{'plan': 'basic', 'status': 'paused'}").is(200);
        debit(runId, "10").is(402, "subscription_required");
        assertThat(run(runId).all("status", "reason", "spent")).isEqualTo("running subscription_required 10");
    }

    @Test
    void aNestedRunDrawsOnTheHoldAboveItAndIsCountedOnce() {
        Customer customer = Customer.having("100");
        String above = start(customer, ", 'hold': 90").is(201).at("run_id");
        String below = start(customer, ", 'estimate': 60, 'parent_run_id': '" + above + "'")
                .is(201)
                .at("run_id");
        start(customer, ", 'estimate': 60").is(402);
        debit(above, "10").is(201);
        assertThat(debit(below, "30").is(201).all("balance", "held", "available"))
                .isEqualTo("60 50 10");

        assertThat(run(below).all("spent", "nested_spent", "total_spent")).isEqualTo("30 0 30");
        assertThat(run(above).all("spent", "nested_spent", "total_spent")).isEqualTo("10 30 40");
        assertThat(run(above).all(HOLD.split(" "))).isEqualTo("90 40 0 50");
        finish(below, "success").is(200);
        finish(above, "success").is(200);
        assertThat(customer.balance().all("balance", "held")).isEqualTo("60 0");
        start(customer, ", 'parent_run_id': '" + above + "'").is(409, "run_not_running");
        start(customer, ", 'parent_run_id': 'nobody'").is(404, "run_not_found");
        isProved(customer);
    }

    @Test
    void whatIsGivenBackIsTakenOffTheRuns() {
        Customer customer = Customer.having("100");
        String above = start(customer, "").is(201).at("run_id");
        String below =
                start(customer, ", 'parent_run_id': '" + above + "'").is(201).at("run_id");
        String debitId = debit(below, "30").is(201).at("id");
        customer.reverse(debitId, "{'credits': 12, 'reason': 'flaky'}").is(201);
        assertThat(run(below).all("spent", "nested_spent")).isEqualTo("18 0");
        assertThat(run(above).all("spent", "nested_spent")).isEqualTo("0 18");
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
        assertThat(run(runId).all("status", "spent")).isEqualTo("hard_failure 0");

        Reply started = start(customer, named(runId) + ", 'hold': 50, 'parent_run_id': '" + above + "'")
                .is(201);
        assertThat(started.all("spent", "nested_spent", "hold/captured")).isEqualTo("27 0 0");
        assertThat(run(above).all("spent", "nested_spent")).isEqualTo("0 27");

        customer.reverse(early, "{'reason': 'flaky'}").is(201);
        assertThat(run(runId).all("spent", "nested_spent")).isEqualTo("0 0");
        assertThat(run(above).all("spent", "nested_spent")).isEqualTo("0 0");
        isProved(customer);
    }

    @Test
    void twoAccountsMayUseOneRunId() {
        Customer one = Customer.having("100");
        Customer two = Customer.having("100");
        String runId = newId();
        start(one, named(runId)).is(201);
        start(two, named(runId)).is(201);
        Customer.get("/v1/runs/" + runId).is(400);
        Customer.post("/v1/runs/" + runId + "/debits?account_id=" + two.id, Customer.newKey(), "{'credits': 7}")
                .is(201);
        assertThat(one.balance().at("balance")).isEqualTo("100");
        assertThat(two.balance().at("balance")).isEqualTo("93");
        assertThat(Customer.get("/v1/runs/" + runId + "?account_id=" + two.id).at("spent"))
                .isEqualTo("7");
    }

    @Test
    void anActionCostsWhatTheCardSays() {
        Customer customer = Customer.having("1000");
        String runId = start(customer, ", 'estimate': [{'action': 'POST:/personas', 'quantity': 2}], 'hold': true")
                .is(201)
                .at("run_id");
        assertThat(run(runId).all("estimated", "hold/amount")).isEqualTo("600 600");
        assertThat(debit(runId, Customer.newKey(), "'action': 'POST:/personas'")
                        .is(201)
                        .at("credits"))
                .isEqualTo("300");
        Reply free =
                debit(runId, Customer.newKey(), "'action': 'GET:/personas'").is(201);
        assertThat(free.all("credits", "entries")).isEqualTo("0 []");
        debit(runId, Customer.newKey(), "'action': '/mave/chat'").is(422, "amount_required");
        debit(runId, Customer.newKey(), "'action': '/mave/chat', 'credits': 70").is(201);
        debit(runId, Customer.newKey(), "'action': 'no-such-action'").is(422, "action_not_priced");
        debit(runId, Customer.newKey(), "'quantity': 2").is(400, "invalid_request");
        isProved(customer);
    }

    /** As many as can be paid start, and no more, however many ask at the same time. */
    @Test
    void ofNRunsAtOnceNMinusOneStart() throws Exception {
        int runs = 12;
        Customer customer = Customer.having(String.valueOf((runs - 1) * 5));
        ExecutorService threads = Executors.newFixedThreadPool(runs);
        CyclicBarrier together = new CyclicBarrier(runs);
        try {
            List<Future<Reply>> answers = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                answers.add(threads.submit(() -> {
                    together.await();
                    return start(customer, ", 'hold': 5");
                }));
            }
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> answer : answers) {
                replies.add(answer.get());
            }
            assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(runs - 1);
            assertThat(replies).filteredOn(reply -> reply.status() == 402).hasSize(1);

            // And while one that spends freely takes whatever it can get, each draws what it holds.
            Future<Reply> greedy = threads.submit(() -> {
                Reply last = customer.debit("0.5");
                for (int i = 0; i < 20; i++) {
                    last = customer.debit("0.5");
                }
                return last;
            });
            for (Reply reply : replies) {
                for (int step = 0; reply.status() == 201 && step < 5; step++) {
                    debit(reply.at("run_id"), "1").is(201);
                }
            }
            greedy.get().is(402);
        } finally {
            threads.shutdownNow();
        }
        assertThat(customer.balance().all("balance", "held")).isEqualTo("0 0");
        isProved(customer);
    }

    /** Every third answer never arrives; who repeats with the same key is charged once a step. */
    @Test
    void repeatsAfterLostAnswersChargeEachStepOnce() throws Exception {
        Customer customer = Customer.having("100");
        try (LossyProxy proxy = new LossyProxy(RestAssured.port, 3)) {
            String key = Customer.newKey();
            Reply started = proxy.untilAnswered("/v1/runs", key, "{'account_id': '" + customer.id + "', 'hold': 20}");
            String runId = started.is(201).at("run_id");
            for (int step = 0; step < 10; step++) {
                proxy.untilAnswered("/v1/runs/" + runId + "/debits", "step-" + step, "{'credits': 1.5}")
                        .is(201);
            }
            proxy.untilAnswered("/v1/runs/" + runId + "/finish", "none", "{'status': 'success'}")
                    .is(200);
            assertThat(proxy.lost()).isGreaterThan(3);
            assertThat(run(runId).all("spent", "hold/captured", "hold/released"))
                    .isEqualTo("15 15 5");
        }
        assertThat(customer.balance().all("balance", "held")).isEqualTo("85 0");
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
