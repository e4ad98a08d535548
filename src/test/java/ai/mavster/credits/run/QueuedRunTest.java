package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.beat;
import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.extend;
import static ai.mavster.credits.run.RunCalls.finish;
import static ai.mavster.credits.run.RunCalls.hold;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.run;
import static ai.mavster.credits.run.RunCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.IdleAccounts;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.waiting.Poll;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs that wait for credits, and start by themselves. Nothing looks after them here but for what wakes them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class QueuedRunTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String QUEUED = ", 'when_refused': 'queue'";

    @Inject
    MovableClock clock;

    @Inject
    IdleAccounts idle;

    @Inject
    QueuedRuns queue;

    @Inject
    Ledger ledger;

    @AfterEach
    void back() {
        clock.reset();
    }

    private static String queued(Customer customer, String runId, String more) {
        Reply run =
                start(customer, ", 'run_id': '" + runId + "'" + more + QUEUED).is(202);
        assertThat(run.all("status", "hold")).isEqualTo("queued null");
        return runId;
    }

    private static void awaitStatus(Customer customer, String runId, String status) {
        Eventually.holds(
                DEADLINE,
                () -> status.equals(run(customer, runId).at("status")),
                () -> runId + " is " + status + ": " + run(customer, runId));
    }

    private static List<String> listed(Customer customer, String status) {
        return Customer.get(customer.path("/runs?status=" + status)).is(200).rows("data", "run_id");
    }

    @Test
    void itStartsWithItsHoldOnceThereAreCredits() {
        Customer customer = Customer.having("10");
        String key = Customer.newKey();
        String body =
                "'run_id': 'r', 'hold': 40, 'estimate': 30, 'hold_expires_in': 'PT2H', 'metadata': {'branch': 'main'}"
                        + QUEUED;
        Reply first = start(customer, key, body).is(202);
        assertThat(first.all("status", "reason", "hold", "spent", "estimated", "metadata/branch"))
                .isEqualTo("queued insufficient_credits null 0 30 main");
        assertThat(listed(customer, "queued")).containsExactly("r");
        assertThat(customer.balance().at("held")).isEqualTo("0");

        customer.topUp("29.999999").is(201);
        customer.topUp("0.000001").is(201);
        awaitStatus(customer, "r", "running");

        Reply run = run(customer, "r");
        assertThat(hold(run)).isEqualTo("40 0 0 40");
        assertThat(run.all("reason", "queued_at", "metadata/branch"))
                .isEqualTo("null " + first.at("queued_at") + " main");
        assertThat(run.at("started_at")).isGreaterThan(first.at("started_at"));
        assertThat(listed(customer, "queued")).isEmpty();
        debit(customer, "r", "5").is(201);
        assertThat(finish(customer, "r", "success").is(200).all("spent", "hold/released"))
                .isEqualTo("5 35");
        Reply replay = start(customer, key, body).is(202);
        assertThat(replay.replayed()).isEqualTo("true");
        assertThat(replay.at("status")).isEqualTo("queued");
        isProved(customer);
    }

    @Test
    void whoeverWaitsForItIsAnsweredWhenItStarts() {
        Customer customer = Customer.having("10");
        queued(customer, "r", ", 'hold': 40");
        Poll poll = Poll.waiting(customer.path("/runs/r?wait=PT60S"));

        customer.topUp("29").is(201);
        assertThat(poll.isOpen()).isTrue();
        customer.topUp("1").is(201);
        assertThat(poll.answer().is(200).all("status", "hold/remaining")).isEqualTo("running 40");
        assertThat(Customer.get(customer.path("/runs/r?wait=PT60S")).is(200).at("status"))
                .isEqualTo("running");
        Customer.get(customer.path("/runs/none?wait=PT60S")).is(404, "run_not_found");
        Customer.get(customer.path("/runs/r?wait=PT61S")).is(400, "invalid_request");
    }

    @Test
    void itStartsAtOnceIfItCan() {
        Customer customer = Customer.having("40");

        assertThat(start(customer, ", 'run_id': 'r', 'hold': 40" + QUEUED)
                        .is(201)
                        .all("status", "queued_at"))
                .isEqualTo("running null");
        assertThat(start(customer, ", 'run_id': 'r', 'hold': 40" + QUEUED)
                        .is(409, "run_exists")
                        .at("status"))
                .isEqualTo("409");
    }

    /** One that needs much is not overtaken by those that need little. */
    @Test
    void theOldestGoesFirst() {
        Customer customer = Customer.having("5");
        queued(customer, "large", ", 'hold': 100");
        queued(customer, "small", ", 'hold': 10");
        queued(customer, "free", ", 'hold': 5");

        customer.topUp("50").is(201);
        start(customer, ", 'run_id': 'in-between', 'hold': 1").is(201);
        assertThat(listed(customer, "queued")).containsExactly("free", "small", "large");
        customer.topUp("56").is(201);

        awaitStatus(customer, "small", "running");
        assertThat(run(customer, "large").at("status")).isEqualTo("running");
        assertThat(run(customer, "free").at("status")).isEqualTo("queued");
        finish(customer, "small", "success").is(200);
        awaitStatus(customer, "free", "running");
        isProved(customer);
    }

    @Test
    void aRunThatIsReadyToWaitDoesNotOvertakeThoseThatDo() {
        Customer customer = Customer.having("5");
        queued(customer, "first", ", 'hold': 10");

        queued(customer, "second", ", 'hold': 5");
        start(customer, ", 'run_id': 'third', 'hold': 5").is(201);
        finish(customer, "third", "success").is(200);
        assertThat(run(customer, "second").at("status")).isEqualTo("queued");
        finish(customer, "first", "canceled").is(200);
        awaitStatus(customer, "second", "running");
    }

    @Test
    void whatAProjectsBudgetStopsIsInTheWayOfThatProjectOnly() {
        Customer customer = Customer.having("100");
        Customer.put(customer.path("/budgets/project/p"), "{'usage_limit': 10}").is(201);
        queued(customer, "first", ", 'hold': 20, 'project_id': 'p'");
        assertThat(run(customer, "first").at("reason")).isEqualTo("budget_exceeded");

        queued(customer, "second", ", 'hold': 5, 'project_id': 'p'");
        start(customer, ", 'run_id': 'other', 'hold': 90, 'project_id': 'q'" + QUEUED)
                .is(201);
        queued(customer, "large", ", 'hold': 20, 'project_id': 'q'");
        Customer.put(customer.path("/budgets/project/p"), "{'usage_limit': 100}")
                .is(200);
        assertThat(run(customer, "first").at("status")).isEqualTo("queued");
        finish(customer, "other", "success").is(200);
        awaitStatus(customer, "large", "running");
        awaitStatus(customer, "first", "running");
        awaitStatus(customer, "second", "running");
        isProved(customer);
    }

    @Test
    void asManyStartAsThereAreCreditsFor() {
        Customer customer = Customer.having("0");
        for (int i = 0; i < 100; i++) {
            queued(customer, "run-" + i, ", 'hold': 2");
        }

        customer.topUp("80").is(201);
        Eventually.holds(DEADLINE, () -> customer.balance().at("held").equals("80"), () -> "not all credits are held");

        assertThat(Customer.get(customer.path("/runs?status=running&limit=100")).rows("data", "run_id"))
                .hasSize(40)
                .contains("run-0", "run-39")
                .doesNotContain("run-40");
        isProved(customer);
    }

    @Test
    void aSubscriptionThatIsActiveAgainStartsIt() {
        Customer customer = Customer.having("40");
        customer.subscribe("{'status': 'paused'}").is(200);
        queued(customer, "r", ", 'hold': 40");
        assertThat(run(customer, "r").at("reason")).isEqualTo("subscription_required");

        customer.subscribe("{'status': 'active'}").is(200);
        awaitStatus(customer, "r", "running");
    }

    /** Nothing is committed: the look that is due every few seconds finds it. */
    @Test
    void aHoldThatExpiresStartsItAtTheNextLook() {
        Customer customer = Customer.having("40");
        start(customer, ", 'run_id': 'holds', 'hold': 40, 'hold_expires_in': 'PT1M'")
                .is(201);
        queued(customer, "r", ", 'hold': 40");

        clock.moveBy(Duration.ofMinutes(2));
        queue.lookAtAll();
        awaitStatus(customer, "r", "running");
    }

    @Test
    void whoWaitsInVainIsAHardFailureFromItsDeadlineOn() {
        Customer customer = Customer.having("5");
        queued(customer, "first", ", 'hold': 10, 'queue_expires_in': 'PT5M'");
        queued(customer, "second", ", 'hold': 5");
        String deadline = run(customer, "first").at("queue_expires_at");

        clock.moveBy(Duration.ofMinutes(6));
        assertThat(run(customer, "first").all("status", "reason", "finished_at"))
                .isEqualTo("hard_failure insufficient_credits " + deadline);
        assertThat(listed(customer, "hard_failure")).containsExactly("first");
        assertThat(listed(customer, "queued")).containsExactly("second");
        finish(customer, "first", "canceled").is(409, "run_not_running");

        idle.settle();
        awaitStatus(customer, "second", "running");
        assertThat(run(customer, "first").all("status", "finished_at")).isEqualTo("hard_failure " + deadline);
        assertThat(Customer.get("/v1/events?account_id=" + customer.id + "&types=run.hard_failure")
                        .is(200)
                        .rows("data", "data/run_id", "data/reason"))
                .containsExactly("first insufficient_credits");
        start(customer, ", 'run_id': 'first', 'hold': 50").is(402);
        isProved(customer);
    }

    @Test
    void untilItStartsItTakesNoDebits() {
        Customer customer = Customer.having("5");
        queued(customer, "r", ", 'hold': 10");

        debit(customer, "r", "1").is(409, "run_not_running");
        customer.debit("1", ", 'run_id': 'r'").is(409, "run_not_running");
        extend(customer, "r", Customer.newKey(), "1").is(409, "run_not_running");
        beat(customer, "r").is(409, "run_not_running");
        start(customer, ", 'parent_run_id': 'r'").is(409, "run_not_running");
        finish(customer, "r", "success").is(409, "run_not_running");
        assertThat(finish(customer, "r", "canceled").is(200).all("status", "hold"))
                .isEqualTo("canceled null");
        finish(customer, "r", "canceled").is(200);
        customer.topUp("10").is(201);
        assertThat(run(customer, "r").at("status")).isEqualTo("canceled");
    }

    /** What was debited in its name before counts from its start on, and above it too. */
    @Test
    void whatWasDebitedBeforeCountsFromItsStartOn() {
        Customer customer = Customer.having("20");
        String debit = customer.debit("3", ", 'run_id': 'r'").is(201).at("id");
        start(customer, ", 'run_id': 'suite', 'hold': 10").is(201);
        queued(customer, "r", ", 'hold': 50, 'parent_run_id': 'suite'");
        customer.reverse(debit, "{'credits': 1, 'reason': 'R'}").is(201);
        assertThat(run(customer, "r").at("spent")).isEqualTo("0");
        isProved(customer);

        customer.topUp("40").is(201);
        awaitStatus(customer, "r", "running");
        assertThat(run(customer, "r").all("spent", "hold/moved", "hold/amount")).isEqualTo("2 10 50");
        assertThat(run(customer, "suite").at("nested_spent")).isEqualTo("2");
        isProved(customer);
    }

    @Test
    void whatWasDebitedBeforeIsItsOwnAlsoWhereItIsCanceled() {
        Customer customer = Customer.having("20");
        customer.debit("3", ", 'run_id': 'r'").is(201);
        start(customer, ", 'run_id': 'suite'").is(201);
        queued(customer, "r", ", 'hold': 50, 'parent_run_id': 'suite'");
        customer.debit("2", ", 'run_id': 's'").is(201);
        queued(customer, "s", ", 'hold': 50");

        assertThat(finish(customer, "r", "canceled").is(200).at("spent")).isEqualTo("3");
        assertThat(run(customer, "suite").at("nested_spent")).isEqualTo("3");
        isProved(customer);
        customer.close("").is(200);
        assertThat(run(customer, "s").all("status", "spent")).isEqualTo("canceled 2");
        isProved(customer);
    }

    @Test
    void whereTheRunAboveIsOverItIsCanceled() {
        Customer customer = Customer.having("20");
        start(customer, ", 'run_id': 'suite', 'hold': 10").is(201);
        queued(customer, "r", ", 'hold': 50, 'parent_run_id': 'suite'");

        finish(customer, "suite", "success").is(200);
        awaitStatus(customer, "r", "canceled");
    }

    @Test
    void aClosedAccountHasNoneThatWait() {
        Customer customer = Customer.having("5");
        queued(customer, "r", ", 'hold': 10");

        customer.close("").is(200);
        assertThat(run(customer, "r").at("status")).isEqualTo("canceled");
        isProved(customer);
    }

    @Test
    void asManyAsMayWaitForAnAccount() {
        Customer customer = Customer.having("0");
        List<CompletableFuture<?>> starts = new ArrayList<>();
        for (int i = 0; i < RunQueue.MOST; i++) {
            RunCommands.Start start = new RunCommands.Start(
                    customer.id,
                    "key-" + i,
                    "run-" + i,
                    null,
                    null,
                    null,
                    1L,
                    Duration.ofHours(1),
                    Duration.ofHours(1));
            starts.add(ledger.submit(start.command()).toCompletableFuture());
        }
        CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();

        start(customer, ", 'run_id': 'more', 'hold': 1" + QUEUED).is(429, "run_queue_full");
        Customer.get(customer.path("/runs/more")).is(404, "run_not_found");
        start(customer, ", 'run_id': 'more', 'hold': 1").is(402);
        finish(customer, "run-500", "canceled").is(200);
        queued(customer, "more", ", 'hold': 1");
    }

    @Test
    void howLongItWaitsIsChecked() {
        Customer customer = Customer.having("0");

        start(customer, ", 'hold': 1, 'queue_expires_in': 'PT59S'" + QUEUED).is(400, "invalid_request");
        start(customer, ", 'hold': 1, 'queue_expires_in': 'P8D'" + QUEUED).is(400, "invalid_request");
        start(customer, ", 'hold': 1, 'queue_expires_in': 'PT1H'").is(400, "invalid_request");
        start(customer, ", 'hold': 1, 'when_refused': 'wait'").is(400, "invalid_request");
    }
}
