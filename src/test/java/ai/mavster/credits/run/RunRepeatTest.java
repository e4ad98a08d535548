package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.extend;
import static ai.mavster.credits.run.RunCalls.hold;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.named;
import static ai.mavster.credits.run.RunCalls.run;
import static ai.mavster.credits.run.RunCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Runners that ask again, and many that ask at once. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunRepeatTest {

    @Test
    void repeatsTellTheFirstAnswerAgain() {
        Customer customer = Customer.having("100");
        String key = Customer.newKey();
        Reply first = start(customer, key, ", 'hold': 10").is(201);
        String runId = first.at("run_id");
        String more = Customer.newKey();
        Reply extended = extend(customer, runId, more, "5").is(200);
        String step = Customer.newKey();
        Reply debited = debit(customer, runId, step, "'credits': 3").is(201);

        Reply again = start(customer, key, ", 'hold': 10").is(201);
        assertThat(again.replayed()).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(extend(customer, runId, more, "5").is(200).json()).isEqualTo(extended.json());
        assertThat(debit(customer, runId, step, "'credits': 3").is(201).json()).isEqualTo(debited.json());
        assertThat(hold(run(customer, runId))).isEqualTo("15 3 0 12");

        start(customer, key, ", 'hold': 11").is(422, "idempotency_key_reused");
        extend(customer, runId, more, "6").is(422, "idempotency_key_reused");
        extend(customer, runId, key, "6").is(422, "idempotency_key_reused");
        debit(customer, runId, key, "'credits': 3").is(422, "idempotency_key_reused");
        start(customer, step, ", 'hold': 1").is(422, "idempotency_key_reused");
        start(customer, named(runId)).is(409, "run_exists");
        assertThat(customer.balance().all("balance", "held")).isEqualTo("97 12");
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
                    debit(customer, reply.at("run_id"), "1").is(201);
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
            Reply started = proxy.untilAnswered(customer.path("/runs"), key, "{'hold': 20}");
            String runId = started.is(201).at("run_id");
            for (int step = 0; step < 10; step++) {
                proxy.untilAnswered(RunCalls.path(customer, runId) + "/debits", "step-" + step, "{'credits': 1.5}")
                        .is(201);
            }
            proxy.untilAnswered(RunCalls.path(customer, runId) + "/finish", "none", "{'status': 'success'}")
                    .is(200);
            assertThat(proxy.lost()).isGreaterThan(3);
            assertThat(run(customer, runId).all("spent", "hold/captured", "hold/released"))
                    .isEqualTo("15 15 5");
        }
        assertThat(customer.balance().all("balance", "held")).isEqualTo("85 0");
        isProved(customer);
    }
}
