package ai.mavster.credits.ledger;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a database error means for a batch, by its SQLSTATE (PostgreSQL's manual, appendix A). */
final class SqlStates {

    /** Serialization failure, deadlock, lock not available, too many connections, and the server going down or coming up. */
    private static final Set<String> PASSING =
            Set.of("40001", "40P01", "55P03", "53300", "57P01", "57P02", "57P03", "57014");

    private SqlStates() {}

    /** Trying again may help. */
    static boolean isTransient(SQLException e) {
        return isConnectionLost(e) || (e.getSQLState() != null && PASSING.contains(e.getSQLState()));
    }

    static boolean isConnectionLost(SQLException e) {
        String state = e.getSQLState();
        return state == null ? isWithoutConnection(e) : state.startsWith("08") || state.startsWith("57P0");
    }

    /** Errors without an SQLSTATE come from the connection pool: it could not give a connection in time. */
    private static boolean isWithoutConnection(@Nullable Throwable e) {
        return e instanceof SQLException;
    }
}
