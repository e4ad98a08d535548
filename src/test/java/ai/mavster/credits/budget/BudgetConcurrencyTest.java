package ai.mavster.credits.budget;

import static ai.mavster.credits.budget.BudgetCalls.debit;
import static ai.mavster.credits.budget.BudgetCalls.figures;
import static ai.mavster.credits.budget.BudgetCalls.finish;
import static ai.mavster.credits.budget.BudgetCalls.ofAccount;
import static ai.mavster.credits.budget.BudgetCalls.ofProject;
import static ai.mavster.credits.budget.BudgetCalls.ofWorkspace;
import static ai.mavster.credits.budget.BudgetCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hundred at a time, and room for some of them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BudgetConcurrencyTest {

    private static final int THREADS = 100;
    private static final String PURPOSE = ", 'project_id': 'p', 'workspace_id': 'w'";

    private Customer customer;

    @BeforeEach
    void subscribe() {
        customer = BudgetCalls.unspent("3000");
    }

    /** How often each of what they were answered. */
    private static Map<Integer, Long> all(IntFunction<Integer> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            calls.add(() -> {
                together.await();
                return call.apply(thread);
            });
        }
        List<Integer> statuses = new ArrayList<>();
        try {
            for (Future<Integer> done : threads.invokeAll(calls)) {
                statuses.add(done.get());
            }
        } finally {
            threads.shutdownNow();
        }
        return statuses.stream().collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    }

    private void isProved() {
        assertThat(customer.proof().all("balanced", "chain_intact", "failures")).isEqualTo("true true []");
    }

    @Test
    void asManyPassAsThereIsRoomFor() throws Exception {
        ofProject(customer, "p", "'usage_limit': 37").is(201);
        ofWorkspace(customer, "w", "'usage_limit': 1000").is(201);
        ofAccount(customer, "'usage_limit': 1000").is(201);
        assertThat(all(thread -> customer.debit("1", PURPOSE).status())).isEqualTo(Map.of(201, 37L, 402, 63L));
        assertThat(figures(customer, "project", "p")).isEqualTo("37 0 0");
        assertThat(figures(customer, "workspace", "w")).isEqualTo("37 0 963");
        assertThat(figures(customer, "account", customer.id)).isEqualTo("37 0 963");
        assertThat(customer.balance().at("balance")).isEqualTo("2963");
        isProved();
    }

    /** Half of them hold first, and then spend what they hold. */
    @Test
    void holdsAndCapturesAreCountedOnce() throws Exception {
        ofProject(customer, "p", "'usage_limit': 37").is(201);
        ofWorkspace(customer, "w", "'usage_limit': 37").is(201);
        ofAccount(customer, "'usage_limit': 37").is(201);
        Map<Integer, Long> answered = all(thread -> {
            if (thread % 2 == 0) {
                return customer.debit("1", PURPOSE).status();
            }
            String run = "run-" + thread;
            int started = start(customer, run, ", 'hold': 1" + PURPOSE).status();
            if (started == 201) {
                debit(customer, run, "0.25").is(201);
                debit(customer, run, "0.75").is(201);
                finish(customer, run).is(200);
            }
            return started;
        });
        assertThat(answered).isEqualTo(Map.of(201, 37L, 402, 63L));
        for (String budget : List.of("project p", "workspace w", "account " + customer.id)) {
            String[] key = budget.split(" ", -1);
            assertThat(figures(customer, key[0], key[1])).as(budget).isEqualTo("37 0 0");
        }
        isProved();
    }

    /** Whatever the order, what is told goes with what is left. */
    @Test
    void budgetsThatAreChangedMeanwhileHoldFromThenOn() throws Exception {
        ofProject(customer, "p", "'usage_limit': 10").is(201);
        Map<Integer, Long> answered = all(thread -> switch (thread % 10) {
            case 0 ->
                ofProject(customer, "p", "'usage_limit': " + (10 + thread)).status() * 10;
            case 1 -> -BudgetCalls.delete(customer, "workspace", "w").status();
            case 2 ->
                -ofWorkspace(customer, "w", "'usage_limit': 60, 'window': 'day'")
                        .status();
            default ->
                customer.debit("1", PURPOSE + ", 'on_insufficient': 'take_available'")
                        .status();
        });
        long spent = answered.getOrDefault(201, 0L);
        assertThat(answered.getOrDefault(2000, 0L)).isEqualTo(10);
        assertThat(BudgetCalls.get(customer, "project", "p").is(200).at("used")).isEqualTo(String.valueOf(spent));
        BudgetCalls.delete(customer, "workspace", "w");
        assertThat(ofWorkspace(customer, "w", "").is(201).at("used")).isEqualTo(String.valueOf(spent));
        isProved();
    }
}
