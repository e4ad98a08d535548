package ai.mavster.credits.ledger.lane;

import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.Batch;
import ai.mavster.credits.ledger.BatchTransaction;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.SqlFailure;
import ai.mavster.credits.sql.SqlFailure.CommitInDoubt;
import ai.mavster.credits.sql.SqlFailure.NoConnection;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Commits the commands of a batch in one transaction and then answers them.
 *
 * <p>What fails in passing (a serialization failure, a deadlock, a lost connection) is tried again as a whole while there is time; what
 * keeps failing for another reason is taken apart, so that one poisonous command never fails its neighbours. Where the answer to a COMMIT
 * is lost, the next try waits for the lock that the lost transaction may still hold, and then finds its postings by their keys.
 */
@Singleton
public class BatchWriter {

    private static final Logger LOG = Logger.getLogger(BatchWriter.class);
    private static final int TRIES = 3;
    private static final long FIRST_PAUSE_NANOS = 5_000_000;
    private static final long LONGEST_PAUSE_NANOS = 200_000_000;

    private final BatchTransaction transaction;
    private final Connections connections;
    private final LedgerMetrics metrics;

    BatchWriter(BatchTransaction transaction, Connections connections, LedgerMetrics metrics) {
        this.transaction = transaction;
        this.connections = connections;
        this.metrics = metrics;
    }

    /** Returns once each of them is answered, or has failed. */
    public void write(List<Pending<?>> commands) {
        List<Pending<?>> batch = new ArrayList<>(commands);
        long pause = FIRST_PAUSE_NANOS;
        int failures = 0;
        while (!dropLate(batch).isEmpty()) {
            try {
                Batch committed = commit(batch);
                batch.forEach(Pending::release);
                finish(committed, batch);
                return;
            } catch (NoConnection e) {
                LOG.debugf("No connection for a batch of %d: %s", batch.size(), e.getMessage());
            } catch (SQLException e) {
                LOG.debugf("A batch of %d failed: %s", batch.size(), e.getMessage());
                if (!SqlFailure.isTransient(e) || ++failures == TRIES) {
                    takeApart(batch, e);
                    return;
                }
                if (SqlFailure.isConnectionLost(e)) {
                    connections.dropIdle();
                }
            } catch (RuntimeException | Error e) {
                takeApart(batch, e);
                return;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        }
    }

    /** All is done and answered by now, so nothing of it may be tried again for what fails here. */
    private void finish(Batch committed, List<Pending<?>> batch) {
        try {
            metrics.committed(batch);
            committed.committed();
        } catch (RuntimeException e) {
            LOG.error("After the commit of a batch", e);
        }
    }

    private Batch commit(List<Pending<?>> batch) throws SQLException {
        try {
            List<Command<?>> commands = new ArrayList<>(batch.size());
            batch.forEach(pending -> commands.add(pending.command()));
            return transaction.run(commands, decided -> batch.forEach(pending -> pending.decideIn(decided)));
        } catch (CommitInDoubt e) {
            batch.forEach(Pending::commitInDoubt);
            throw e;
        }
    }

    private void takeApart(List<Pending<?>> batch, Throwable failure) {
        if (batch.size() > 1) {
            LOG.warnf("A batch of %d failed and is taken apart: %s", batch.size(), failure.getMessage());
            batch.forEach(pending -> write(List.of(pending)));
        } else if (failure instanceof SQLException e && SqlFailure.isTransient(e)) {
            batch.get(0).fail(unavailable(batch.get(0), e));
        } else {
            LOG.errorf(failure, "Failed: %s", batch.get(0).command());
            batch.get(0).fail(new IllegalStateException("The command could not be carried out", failure));
        }
    }

    private static List<Pending<?>> dropLate(List<Pending<?>> batch) {
        batch.removeIf(pending -> {
            boolean late = pending.isLate();
            if (late) {
                pending.fail(unavailable(pending, null));
            }
            return late;
        });
        return batch;
    }

    private static Unavailable unavailable(Pending<?> pending, @Nullable Throwable cause) {
        return new Unavailable(
                pending.isInDoubt() ? Unavailable.Reason.OUTCOME_UNKNOWN : Unavailable.Reason.DATABASE_UNREACHABLE,
                cause);
    }
}
