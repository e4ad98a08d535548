package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.payment.Gateways;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What a person has to see to, and how long ago payments were reconciled: of the whole database. Known by name from the start. */
@Singleton
@Startup
class ReconciliationMetrics {

    private static final Logger LOG = Logger.getLogger(ReconciliationMetrics.class);

    private final Gateways gateways;
    private final ReconciledPaymentRepository compared;
    private final ReconciliationRepository reconciliations;
    private final Clock clock;
    private final Instant start;
    private final AtomicReference<@Nullable Map<Reason, Long>> unexplained = new AtomicReference<>();
    private final AtomicReference<@Nullable Double> age = new AtomicReference<>();

    ReconciliationMetrics(
            MeterRegistry registry,
            Gateways gateways,
            ReconciledPaymentRepository compared,
            ReconciliationRepository reconciliations,
            Clock clock) {
        this.gateways = gateways;
        this.compared = compared;
        this.reconciliations = reconciliations;
        this.clock = clock;
        this.start = clock.instant();
        for (Reason reason : Reason.unexplained()) {
            Gauge.builder("credits.payments.unexplained", () -> count(reason))
                    .tag("reason", reason.id())
                    .description(
                            "Payments at the provider that do not agree with what is here, and that a person has to"
                                    + " see to. In the whole database; not a number while that is unknown.")
                    .register(registry);
        }
        Gauge.builder("credits.reconciliation.age", age::get)
                .baseUnit("seconds")
                .description(
                        "How long ago the last reconciliation of payments succeeded, or this process started where none"
                                + " ever did; not a number where no payment provider is configured, or while that is unknown.")
                .register(registry);
    }

    private @Nullable Long count(Reason reason) {
        Map<Reason, Long> known = unexplained.get();
        return known == null ? null : known.get(reason);
    }

    /** Now and then rather than at each scrape. */
    @Scheduled(every = "{credits.metrics.every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void measure() {
        try {
            unexplained.set(compared.unexplained());
            age.set(gateways.configured()
                    .map(gateway -> reconciliations
                            .lastSuccess(gateway.provider(), false)
                            .orElse(start))
                    .map(success -> Duration.between(success, clock.instant()).toMillis() / 1e3)
                    .orElse(null));
        } catch (RuntimeException e) {
            unexplained.set(null);
            age.set(null);
            LOG.debugf("Payments that a person has to see to were not counted: %s", e.getMessage());
        }
    }
}
