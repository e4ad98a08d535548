package ai.mavster.credits.renewal;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/**
 * Renews what is due by a schedule of its own, for those who have no cron to call {@code POST /v1/renewals}; off unless
 * it is set. Several processes may have it on: each period is decided once.
 */
@Singleton
class RenewalJob {

    private static final Logger LOG = Logger.getLogger(RenewalJob.class);

    private final Renewals renewals;
    private final Clock clock;

    RenewalJob(Renewals renewals, Clock clock) {
        this.renewals = renewals;
        this.clock = clock;
    }

    @Scheduled(cron = "{credits.renewals.cron}", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        RenewalTally tally = renewals.run(clock.instant(), Long.MAX_VALUE);
        if (tally.failed > 0) {
            LOG.errorf("%d subscriptions could not be renewed and stay due", tally.failed);
        }
    }
}
