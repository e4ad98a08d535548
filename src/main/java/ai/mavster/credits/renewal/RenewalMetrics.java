package ai.mavster.credits.renewal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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

/** How much is due for renewal, and since when: what an operator wants to be woken for. */
@Singleton
@Startup
class RenewalMetrics {

    private static final Logger LOG = Logger.getLogger(RenewalMetrics.class);

    private final Renewals renewals;
    private final Clock clock;
    private final AtomicReference<@Nullable Long> due = new AtomicReference<>();
    private final AtomicReference<@Nullable Double> lag = new AtomicReference<>();

    RenewalMetrics(MeterRegistry registry, Renewals renewals, Clock clock) {
        this.renewals = renewals;
        this.clock = clock;
        Gauge.builder("renewals.due", due::get)
                .description("Subscriptions whose renewal is due; not a number while that is unknown.")
                .register(registry);
        Gauge.builder("renewals.lag", lag::get)
                .baseUnit("seconds")
                .description("How long the renewal that is due longest has been due; 0 if none is.")
                .register(registry);
    }

    /** Now and then rather than at each scrape. */
    @Scheduled(every = "{credits.metrics.every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void measure() {
        try {
            Instant now = clock.instant();
            due.set(renewals.countDue(now));
            lag.set(renewals.nextDueAt()
                    .filter(next -> next.isBefore(now))
                    .map(next -> Duration.between(next, now).toMillis() / 1_000.0)
                    .orElse(0.0));
        } catch (RuntimeException e) {
            due.set(null);
            lag.set(null);
            LOG.debugf("Due renewals were not counted: %s", e.getMessage());
        }
    }
}
