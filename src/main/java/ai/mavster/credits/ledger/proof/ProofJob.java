package ai.mavster.credits.ledger.proof;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Proves all accounts, slowly and for ever: a few at a time, going on where it stopped, also after a restart, and from
 * the first one again after the last. Each process that has it on walks by itself; one is enough.
 */
@Singleton
class ProofJob {

    private static final Logger LOG = Logger.getLogger(ProofJob.class);

    /** At each time: as many accounts as can be begun meanwhile, one at least. */
    private static final Duration WORK = Duration.ofMillis(50);

    /** So many times as long as it worked it rests, however often it is called. */
    private static final int REST = 50;

    private final ProofWalk walk;
    private @Nullable String position;
    private long rested = System.nanoTime();

    ProofJob(ProofWalk walk) {
        this.walk = walk;
    }

    @Scheduled(every = "{credits.proof.every}", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        long start = System.nanoTime();
        if (start < rested) {
            return;
        }
        try {
            work(start + WORK.toNanos());
        } catch (RuntimeException e) {
            LOG.warnf("The proofs of all accounts go on later: %s", e.getMessage());
        }
        rested = System.nanoTime() + REST * (System.nanoTime() - start);
    }

    private void work(long end) {
        String proven;
        do {
            proven = walk.step(position == null ? walk.position() : position);
            position = proven == null ? "" : proven;
        } while (proven != null && System.nanoTime() < end);
    }
}
