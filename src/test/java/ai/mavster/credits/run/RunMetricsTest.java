package ai.mavster.credits.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunMetrics;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunMetricsTest {

    @Inject
    Ledger ledger;

    @Inject
    RunMetrics metrics;

    private final String runId = "run-" + UUID.randomUUID();
    private Customer customer;

    @BeforeEach
    void subscribe() {
        customer = Customer.on("basic");
    }

    private void start(@Nullable String estimate) {
        submit(new StartRun(
                customer.id,
                Customer.newKey(),
                runId,
                null,
                null,
                null,
                null,
                estimate == null ? null : Credits.parse(estimate),
                List.of(),
                Credits.of(50),
                Duration.ofHours(1),
                null,
                null,
                new byte[32],
                null));
    }

    private void finish() {
        submit(new FinishRun(customer.id, runId, Run.Status.SUCCESS));
    }

    private void submit(Command<?> command) {
        boolean accepted =
                ledger.submit(command).toCompletableFuture().join().fold((answer, replayed) -> true, refusal -> false);
        assertThat(accepted).isTrue();
    }

    @Test
    void whatAFinishedRunCostIsComparedWithItsEstimateOnce() {
        Scrape before = Scrape.now();
        start("100");
        customer.debit("80", ", 'run_id': '" + runId + "'").is(201);
        finish();
        finish();
        customer.debit("1").is(201);

        before.risesBy("estimated_vs_actual_count", "1");
        before.risesBy("estimated_vs_actual_sum", "80");
        before.risesBy("estimated_vs_actual_bucket{le=\"75.0\"}", "0");
        before.risesBy("estimated_vs_actual_bucket{le=\"90.0\"}", "1");
    }

    @Test
    void aRunWithoutAnEstimateSaysNothing() {
        Scrape before = Scrape.now();
        start(null);
        finish();
        before.risesBy("ledger_batch_size_count", "2");
        before.risesBy("estimated_vs_actual_count", "0");
    }

    @Test
    void openHoldsAreCounted() {
        metrics.count();
        BigDecimal before = Scrape.now().of("holds_open");
        start("100");
        metrics.count();
        assertThat(Scrape.now().of("holds_open")).isEqualByComparingTo(before.add(BigDecimal.ONE));
        finish();
        metrics.count();
        assertThat(Scrape.now().of("holds_open")).isEqualByComparingTo(before);
    }
}
