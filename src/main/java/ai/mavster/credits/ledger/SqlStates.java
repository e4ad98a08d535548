package ai.mavster.credits.ledger;

import java.sql.SQLException;
import java.util.Set;

/** What a database error means for a batch, by its SQLSTATE (PostgreSQL's manual, appendix A). */
final class SqlStates {

    /** Serialization failure, deadlock, lock not available, too many connections, and the server going down or coming up. */
    private static final Set<String> PASSING =
            Set.of("40001", "40P01", "55P03", "53300", "57P01", "57P02", "57P03", "57014");

    private SqlStates() {}

    /** There is no connection to be had: the database is down, or the pool is used up. The pool says so without an SQLSTATE. */
    static final class NoConnection extends SQLException {
        NoConnection(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause);
        }
    }

    /** Trying again may help. */
    static boolean isTransient(SQLException e) {
        return e instanceof NoConnection
                || isConnectionLost(e)
                || (e.getSQLState() != null && PASSING.contains(e.getSQLState()));
    }

    static boolean isConnectionLost(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P0"));
    }
}
