package ai.mavster.credits.run.record;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.statement.HoldRepository;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How well runs are estimated, how many hold credits, and how many wait for some. */
@Singleton
public class RunMetrics {

    private static final Logger LOG = Logger.getLogger(RunMetrics.class);

    private final HoldRepository holds;
    private final RunRepository runs;
    private final Clock clock;
    private final DistributionSummary estimatedVsActual;
    private final AtomicReference<@Nullable Long> openHolds = new AtomicReference<>();
    private final AtomicReference<@Nullable Long> queuedRuns = new AtomicReference<>();

    RunMetrics(MeterRegistry registry, HoldRepository holds, RunRepository runs, Clock clock) {
        this.holds = holds;
        this.runs = runs;
        this.clock = clock;
        // In percent, because the buckets count in whole numbers, rounded up.
        estimatedVsActual = DistributionSummary.builder("estimated.vs.actual")
                .description("What finished runs cost, in percent of what they were estimated to.")
                .serviceLevelObjectives(25, 50, 75, 90, 100, 110, 125, 150, 200, 400)
                .register(registry);
        Gauge.builder("runs.queued", queuedRuns::get)
                .description("Runs that wait for credits, in the whole database; not a number while that is unknown.")
                .register(registry);
        Gauge.builder("holds.open", openHolds::get)
                .description("Holds that reserve credits, in the whole database; not a number while that is unknown.")
                .register(registry);
    }

    /**
     * Called after the commit. With what it has called, as its hold paid for that too; nothing is known of one without
     * an estimate.
     */
    public void finished(Run run) {
        if (run.estimated() != null && run.estimated().isPositive()) {
            Credits actual = run.spent().plus(run.nestedSpent());
            estimatedVsActual.record(
                    100.0 * actual.millionths() / run.estimated().millionths());
        }
    }

    /** Now and then rather than at each scrape. */
    @Scheduled(every = "{credits.metrics.every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    public void count() {
        try {
            queuedRuns.set(QuarkusTransaction.requiringNew().call(runs::countQueued));
            openHolds.set(QuarkusTransaction.requiringNew().call(() -> holds.countOpen(clock.instant())));
        } catch (RuntimeException e) {
            openHolds.set(null);
            queuedRuns.set(null);
            LOG.debugf("Open holds and queued runs were not counted: %s", e.getMessage());
        }
    }
}
