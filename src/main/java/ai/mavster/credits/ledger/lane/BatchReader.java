package ai.mavster.credits.ledger.lane;

import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.Batch;
import ai.mavster.credits.ledger.BatchTransaction;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.SqlFailure;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Answers questions that piled up from one snapshot of the database. */
@Singleton
public class BatchReader {

    private static final Logger LOG = Logger.getLogger(BatchReader.class);
    private static final int TRIES = 2;

    private final BatchTransaction transaction;
    private final Connections connections;

    BatchReader(BatchTransaction transaction, Connections connections) {
        this.transaction = transaction;
        this.connections = connections;
    }

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
        try {
            Batch batch = snapshot(inTime);
            inTime.forEach(one -> one.answerFrom(batch));
        } catch (SQLException e) {
            RuntimeException failure = SqlFailure.isTransient(e)
                    ? new Unavailable(Unavailable.Reason.DATABASE_UNREACHABLE, e)
                    : new IllegalStateException(e);
            inTime.forEach(one -> one.fail(failure));
        } catch (RuntimeException e) {
            inTime.forEach(one -> one.fail(e));
        }
    }

    /** One lost connection may be an idle one that the database closed long ago; a fresh one decides. */
    private Batch snapshot(List<PendingRead<?>> questions) throws SQLException {
        Set<String> accountIds = new TreeSet<>();
        questions.forEach(one -> accountIds.add(one.accountId()));
        for (int tries = 1; ; tries++) {
            try {
                return transaction.read(accountIds);
            } catch (SQLException e) {
                if (tries == TRIES || !SqlFailure.isConnectionLost(e)) {
                    throw e;
                }
                LOG.debugf("Reading %d accounts failed: %s", accountIds.size(), e.getMessage());
                connections.dropIdle();
            }
        }
    }
}
