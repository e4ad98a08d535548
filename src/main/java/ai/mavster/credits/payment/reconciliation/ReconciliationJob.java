package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.Author;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.reconciliation.ReconciliationRepository.Range;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Reconciles now and then: of several processes one does, and not more often than each of them would. */
@Singleton
class ReconciliationJob {

    private static final Logger LOG = Logger.getLogger(ReconciliationJob.class);

    /** What was paid just now its event may still be on the way for. */
    private static final Duration ANNOUNCED_WITHIN = Duration.ofMinutes(5);

    private static final Duration DAY = Duration.ofDays(1);

    private final Gateways gateways;
    private final Reconciler reconciler;
    private final ReconciliationRepository reconciliations;
    private final ReconciliationSettings settings;
    private final Clock clock;

    ReconciliationJob(
            Gateways gateways,
            Reconciler reconciler,
            ReconciliationRepository reconciliations,
            ReconciliationSettings settings,
            Clock clock) {
        this.gateways = gateways;
        this.reconciler = reconciler;
        this.reconciliations = reconciliations;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(
            every = "{credits.reconciliation.every}",
            delayed = "20s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try {
            gateways.configured().ifPresent(this::unlessJustDone);
        } catch (RuntimeException e) {
            LOG.warnf("Payments are reconciled the next time: %s", e.getMessage());
        }
    }

    private void unlessJustDone(PaymentGateway gateway) {
        Instant now = clock.instant();
        Duration every = DurationConverter.parseDuration(settings.every());
        boolean justDone = reconciliations
                .lastStart(gateway.provider())
                .filter(start -> start.isAfter(now.minus(every.dividedBy(2))))
                .isPresent();
        if (!justDone) {
            reconciler.run(gateway, range(gateway.provider(), now), Author.RECONCILIATION);
        }
    }

    private Range range(PaymentGateway.Provider provider, Instant now) {
        boolean deep = reconciliations
                .lastSuccess(provider, true)
                .filter(success -> success.isAfter(now.minus(DAY)))
                .isEmpty();
        Duration back = deep ? settings.reachesBackDaily() : settings.reachesBack();
        return new Range(now.minus(back), now.minus(ANNOUNCED_WITHIN), deep);
    }
}
