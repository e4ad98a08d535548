package ai.mavster.credits.ledger.lane;

import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.Batch;
import ai.mavster.credits.ledger.BatchTransaction;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.Participant.NotRead;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.SqlFailure;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Answers questions that piled up from one snapshot of the database. Where something in it cannot be read, they are
 * taken apart, so that an account that is broken fails the questions about itself and no others.
 */
@Singleton
public class BatchReader {

    private static final Logger LOG = Logger.getLogger(BatchReader.class);
    private static final int TRIES = 2;

    private final BatchTransaction transaction;
    private final Connections connections;
    private final BatchTraces traces;

    BatchReader(BatchTransaction transaction, Connections connections, BatchTraces traces) {
        this.transaction = transaction;
        this.connections = connections;
        this.traces = traces;
    }

    /** Returns once each of them is answered, or has failed. */
    public void read(List<PendingRead<?>> questions) {
        List<PendingRead<?>> inTime = new ArrayList<>(questions.size());
        for (PendingRead<?> one : questions) {
            if (one.isLate()) {
                one.fail(new Unavailable(Unavailable.Reason.DATABASE_UNREACHABLE, null));
            } else {
                inTime.add(one);
            }
        }
        if (inTime.isEmpty()) {
            return;
        }
        Set<String> accountIds = new TreeSet<>();
        List<Command<?>> about = new ArrayList<>(0);
        for (PendingRead<?> one : inTime) {
            accountIds.add(one.accountId());
            about.addAll(one.about());
        }
        BatchTraces.Course course = new BatchTraces.Course(System.nanoTime(), 0);
        try {
            answer(inTime, accountIds, about);
            traces.read(inTime, course, null);
        } catch (SQLException e) {
            traces.read(inTime, course, e);
            if (SqlFailure.isTransient(e)) {
                inTime.forEach(one -> one.fail(new Unavailable(Unavailable.Reason.DATABASE_UNREACHABLE, e)));
            } else {
                takeApart(inTime, accountIds, e);
            }
        } catch (RuntimeException | Error e) {
            takeApart(inTime, accountIds, e);
        }
    }

    /** What some of them need beyond what was read is read for these, with all else, in a snapshot of its own. */
    private void answer(List<PendingRead<?>> questions, Set<String> accountIds, List<Command<?>> about)
            throws SQLException {
        Set<Participant.Wanted> also = new LinkedHashSet<>(0);
        List<PendingRead<?>> open = questions;
        while (!open.isEmpty()) {
            Batch batch = snapshot(accountIds, about, also);
            List<PendingRead<?>> again = new ArrayList<>(0);
            List<Participant.Wanted> more = new ArrayList<>(0);
            for (PendingRead<?> one : open) {
                try {
                    one.answerFrom(batch);
                } catch (NotRead e) {
                    more.addAll(e.wanted());
                    again.add(one);
                }
            }
            if (!again.isEmpty()) {
                NotRead.add(more, also);
            }
            open = again;
        }
    }

    private void takeApart(List<PendingRead<?>> questions, Set<String> accountIds, Throwable failure) {
        if (accountIds.size() == 1) {
            LOG.errorf(failure, "Account %s cannot be read", accountIds);
            questions.forEach(one -> one.fail(failure));
        } else {
            LOG.debugf("Reading %d accounts failed and is taken apart: %s", accountIds.size(), failure.getMessage());
            Halves.<PendingRead<?>>of(questions, PendingRead::accountId).forEach(this::read);
        }
    }

    /** One lost connection may be an idle one that the database closed long ago; a fresh one decides. */
    private Batch snapshot(Set<String> accountIds, List<Command<?>> about, Set<Participant.Wanted> also)
            throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                return read(accountIds, about, also);
            } catch (SQLException e) {
                if (tries == TRIES || !SqlFailure.isConnectionLost(e)) {
                    throw e;
                }
                LOG.debugf("Reading %d accounts failed: %s", accountIds.size(), e.getMessage());
                connections.dropIdle();
            }
        }
    }

    /** What ends by time is heard as the accounts are brought up to it, and may need more by itself. */
    private Batch read(Set<String> accountIds, List<Command<?>> about, Set<Participant.Wanted> also)
            throws SQLException {
        while (true) {
            try {
                return transaction.read(accountIds, about, also);
            } catch (NotRead e) {
                NotRead.add(e.wanted(), also);
            }
        }
    }
}
