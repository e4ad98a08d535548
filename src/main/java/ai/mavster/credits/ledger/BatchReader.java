package ai.mavster.credits.ledger;

import ai.mavster.credits.ledger.LedgerUnavailable.Reason;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Answers questions that piled up from one snapshot of the database. */
@Singleton
class BatchReader {

    private static final Logger LOG = Logger.getLogger(BatchReader.class);
    private static final int TRIES = 2;

    private final BatchTransaction transaction;
    private final Connections connections;

    BatchReader(BatchTransaction transaction, Connections connections) {
        this.transaction = transaction;
        this.connections = connections;
    }

    void read(List<PendingLook<?>> looks) {
        List<PendingLook<?>> inTime = new ArrayList<>(looks.size());
        for (PendingLook<?> look : looks) {
            if (look.isLate()) {
                look.fail(new LedgerUnavailable(Reason.DATABASE_UNREACHABLE, null));
            } else {
                inTime.add(look);
            }
        }
        if (inTime.isEmpty()) {
            return;
        }
        try {
            Batch batch = look(inTime);
            inTime.forEach(look -> look.answerFrom(batch));
        } catch (SQLException e) {
            RuntimeException failure = SqlStates.isTransient(e)
                    ? new LedgerUnavailable(Reason.DATABASE_UNREACHABLE, e)
                    : new IllegalStateException(e);
            inTime.forEach(look -> look.fail(failure));
        } catch (RuntimeException e) {
            inTime.forEach(look -> look.fail(e));
        }
    }

    /** One lost connection may be an idle one that the database closed long ago; a fresh one tells. */
    private Batch look(List<PendingLook<?>> looks) throws SQLException {
        Set<String> accountIds = new TreeSet<>();
        looks.forEach(look -> accountIds.add(look.accountId()));
        for (int tries = 1; ; tries++) {
            try {
                return transaction.look(accountIds);
            } catch (SQLException e) {
                if (tries == TRIES || e instanceof SqlStates.NoConnection || !SqlStates.isConnectionLost(e)) {
                    throw e;
                }
                LOG.debugf("A look at %d accounts failed: %s", accountIds.size(), e.getMessage());
                connections.dropIdle();
            }
        }
    }
}
