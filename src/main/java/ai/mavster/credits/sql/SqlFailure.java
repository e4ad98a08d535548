package ai.mavster.credits.sql;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a database error means, by its SQLSTATE (PostgreSQL's manual, appendix A). The one place that decides. */
public enum SqlFailure {
    /** There is no connection to be had: the database is down, or the pool is used up. Nothing was sent. */
    NO_CONNECTION,
    /**
     * The connection was lost, or the server is shutting down or starting: what was under way may have been carried
     * out.
     */
    CONNECTION_LOST,
    /**
     * A serialization failure, a deadlock, a lock that was not available, a statement that was cancelled, a disk or a
     * memory that is full: trying again may help.
     */
    PASSING,
    /** Anything else: trying again does not help. */
    FAULT;

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Set<String> STATES_PASSING =
            Set.of("40001", "40P01", LOCK_NOT_AVAILABLE, "57014", "53100", "53200");
    private static final String TOO_MANY_CONNECTIONS = "53300";

    /** A chain of causes may be a ring. */
    private static final int MAX_CAUSES = 20;

    /** There is no connection to be had. */
    public static final class NoConnection extends SQLException {
        NoConnection(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause);
        }
    }

    /** The connection was lost between sending COMMIT and its answer. */
    public static final class CommitInDoubt extends SQLException {
        CommitInDoubt(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause);
        }
    }

    /** What this very error means; its causes are not considered. */
    public static SqlFailure of(SQLException e) {
        String state = e.getSQLState();
        if (e instanceof NoConnection || TOO_MANY_CONNECTIONS.equals(state) || isPoolTimeout(e)) {
            return NO_CONNECTION;
        }
        if (state == null) {
            return FAULT;
        }
        if (state.startsWith("08") || state.startsWith("57P0")) {
            return CONNECTION_LOST;
        }
        return STATES_PASSING.contains(state) ? PASSING : FAULT;
    }

    public static boolean isTransient(SQLException e) {
        return of(e) != FAULT;
    }

    /** A lock was not given in time. */
    public static boolean isLockTimeout(SQLException e) {
        return LOCK_NOT_AVAILABLE.equals(e.getSQLState());
    }

    public static boolean isConnectionLost(SQLException e) {
        return of(e) == CONNECTION_LOST;
    }

    /**
     * Whether a failure, or anything that caused it, is trouble of the database that passes rather than a fault in what
     * was asked. What made a COMMIT fail is no cause of the transaction manager's failure, but suppressed by it.
     */
    public static boolean isOutage(@Nullable Throwable failure) {
        Deque<Throwable> left = new ArrayDeque<>();
        if (failure != null) {
            left.add(failure);
        }
        for (int looked = 0; !left.isEmpty() && looked < MAX_CAUSES; looked++) {
            Throwable one = left.remove();
            if (one instanceof SQLException sql && isTransient(sql)) {
                return true;
            }
            if (one.getCause() != null) {
                left.add(one.getCause());
            }
            if (one instanceof RollbackException) {
                left.addAll(List.of(one.getSuppressed()));
            }
        }
        return false;
    }

    /** The pool reports its own time-out without a state and without a type. */
    private static boolean isPoolTimeout(SQLException e) {
        String message = e.getMessage();
        return e.getSQLState() == null
                && message != null
                && message.toLowerCase(Locale.ROOT).contains("acquisition timeout");
    }
}
