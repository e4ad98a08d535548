package ai.mavster.credits.ledger.lane;

import ai.mavster.credits.ledger.Batch;
import ai.mavster.credits.ledger.BatchTransaction;
import ai.mavster.credits.ledger.BatchTransaction.Locking;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.SqlFailure;
import ai.mavster.credits.sql.SqlFailure.CommitInDoubt;
import ai.mavster.credits.sql.SqlFailure.NoConnection;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Commits the commands of a batch in one transaction and then answers them.
 *
 * <p>What fails in passing (a serialization failure, a deadlock, a lost connection) is tried again as a whole while
 * there is time; what keeps failing for another reason is taken apart, so that one poisonous command never fails its
 * neighbours. Commands of accounts that are locked elsewhere are handed back. That includes accounts that a lost
 * transaction still has where the answer to its COMMIT was lost: who gets the lock after it finds its postings by their
 * keys.
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
    private final BatchTraces traces;

    BatchWriter(BatchTransaction transaction, Connections connections, LedgerMetrics metrics, BatchTraces traces) {
        this.transaction = transaction;
        this.connections = connections;
        this.metrics = metrics;
        this.traces = traces;
    }

    /**
     * Returns once each of them is answered, has failed, or cannot be decided yet.
     *
     * @return those whose accounts are locked elsewhere, and all that came later for these accounts, each account's in
     *     their order
     */
    public List<Pending<?>> write(List<Pending<?>> commands, Locking locking) {
        List<Pending<?>> batch = new ArrayList<>(commands);
        long began = System.nanoTime();
        long pause = FIRST_PAUSE_NANOS;
        int failures = 0;
        int retries = 0;
        while (!dropLate(batch).isEmpty()) {
            List<Pending<?>> decided = new ArrayList<>(batch.size());
            try {
                Batch committed = commit(batch, locking, decided);
                answer(decided, committed, new BatchTraces.Course(began, retries));
                return without(batch, decided);
            } catch (NoConnection e) {
                LOG.debugf("No connection for a batch of %d: %s", batch.size(), e.getMessage());
            } catch (SQLException e) {
                LOG.debugf("A batch of %d failed: %s", batch.size(), e.getMessage());
                if (locking == Locking.WAIT && SqlFailure.isLockTimeout(e)) {
                    return batch;
                }
                if (!SqlFailure.isTransient(e) || ++failures == TRIES) {
                    return takeApart(batch, locking, e, new BatchTraces.Course(began, retries));
                }
                if (SqlFailure.isConnectionLost(e)) {
                    connections.dropIdle();
                }
            } catch (RuntimeException | Error e) {
                return takeApart(batch, locking, e, new BatchTraces.Course(began, retries));
            }
            retries++;
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        }
        return batch;
    }

    /**
     * @param decided takes those that were decided, before their commit
     */
    private Batch commit(List<Pending<?>> batch, Locking locking, List<Pending<?>> decided) throws SQLException {
        try {
            List<Command<?>> commands = new ArrayList<>(batch.size());
            batch.forEach(pending -> commands.add(pending.command()));
            return transaction.run(commands, locking, inMemory -> {
                decided.clear(); // They may be decided anew, with more read.
                for (Pending<?> pending : batch) {
                    if (!inMemory.isLockedElsewhere(pending.accountId())) {
                        pending.decideIn(inMemory);
                        decided.add(pending);
                    }
                }
            });
        } catch (CommitInDoubt e) {
            decided.forEach(Pending::commitInDoubt);
            throw e;
        }
    }

    /** All is done by now, so nothing of it may be tried again for what fails here. */
    private void answer(List<Pending<?>> decided, Batch committed, BatchTraces.Course course) {
        for (Pending<?> pending : decided) {
            try {
                pending.release();
            } catch (RuntimeException | Error e) {
                pending.fail(e);
            }
        }
        try {
            metrics.committed(decided);
            committed.committed();
            traces.committed(decided, course);
        } catch (RuntimeException | Error e) {
            LOG.error("After the commit of a batch", e);
        }
    }

    private static List<Pending<?>> without(List<Pending<?>> batch, List<Pending<?>> decided) {
        if (decided.size() == batch.size()) {
            return List.of();
        }
        List<Pending<?>> others = new ArrayList<>(batch);
        others.removeAll(new HashSet<>(decided));
        return others;
    }

    private List<Pending<?>> takeApart(
            List<Pending<?>> batch, Locking locking, Throwable failure, BatchTraces.Course course) {
        traces.failed(batch, course, failure);
        if (batch.size() == 1) {
            Pending<?> pending = batch.get(0);
            if (!(failure instanceof SQLException e && SqlFailure.isTransient(e))) {
                // What is in the command may be somebody's own words.
                LOG.errorf(
                        failure,
                        "A %s of account %s failed",
                        pending.command().getClass().getSimpleName(),
                        pending.accountId());
            }
            pending.fail(failure);
            return List.of();
        }
        LOG.warnf("A batch of %d failed and is taken apart: %s", batch.size(), failure.getMessage());
        List<Pending<?>> locked = new ArrayList<>();
        for (List<Pending<?>> half : Halves.<Pending<?>>of(batch, Pending::accountId)) {
            Set<String> accountIds = new HashSet<>();
            locked.forEach(pending -> accountIds.add(pending.accountId()));
            List<Pending<?>> free = new ArrayList<>(half.size());
            half.forEach(pending -> (accountIds.contains(pending.accountId()) ? locked : free).add(pending));
            locked.addAll(write(free, locking));
        }
        return locked;
    }

    private static List<Pending<?>> dropLate(List<Pending<?>> batch) {
        batch.removeIf(pending -> {
            boolean late = pending.isLate();
            if (late) {
                pending.failUnavailable(null);
            }
            return late;
        });
        return batch;
    }
}
