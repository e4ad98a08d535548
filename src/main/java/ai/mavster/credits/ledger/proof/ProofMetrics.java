package ai.mavster.credits.ledger.proof;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How many accounts are not proven, and how long ago the one was proven whose turn is next: of the whole database.
 * Known by name from the start.
 */
@Singleton
@Startup
class ProofMetrics {

    private static final Logger LOG = Logger.getLogger(ProofMetrics.class);

    private final LastProofRepository last;
    private final Clock clock;
    private final AtomicReference<@Nullable Long> failed = new AtomicReference<>();
    private final AtomicReference<@Nullable Long> oldest = new AtomicReference<>();

    ProofMetrics(MeterRegistry registry, LastProofRepository last, Clock clock) {
        this.last = last;
        this.clock = clock;
        Gauge.builder("ledger.proof.failed", failed::get)
                .description("Accounts whose last proof failed; not a number while that is unknown.")
                .register(registry);
        Gauge.builder("ledger.proof.oldest", oldest::get)
                .baseUnit("seconds")
                .description(
                        "How long ago the account was proven whose last proof is the oldest; not a number before the first.")
                .register(registry);
    }

    /** Now and then rather than at each scrape. */
    @Scheduled(every = "{credits.metrics.every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void measure() {
        try {
            Instant now = clock.instant();
            failed.set(QuarkusTransaction.requiringNew().call(last::countFailed));
            oldest.set(QuarkusTransaction.requiringNew()
                    .call(last::oldest)
                    .map(at -> Duration.between(at, now).toSeconds())
                    .orElse(null));
        } catch (RuntimeException e) {
            failed.set(null);
            oldest.set(null);
            LOG.debugf("Failed proofs were not counted: %s", e.getMessage());
        }
    }
}
