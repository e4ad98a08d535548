package ai.mavster.credits.http;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells trouble with the connection to the database, where a retry helps, from faults in what was asked of it. */
public final class Outage {

    /** Shut down by an administrator, crashed, starting up or stopping; too many connections. */
    private static final Set<String> STATES = Set.of("57P01", "57P02", "57P03", "57P05", "53300");

    private Outage() {}

    /** Whether a failure, or anything that caused it, is trouble with the connection. */
    public static boolean causes(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (is(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Whether this very failure is; its causes are not looked at. */
    static boolean is(Throwable failure) {
        if (!(failure instanceof SQLException sql)) {
            return false;
        }
        String state = sql.getSQLState();
        if (state != null) {
            return state.startsWith("08") || STATES.contains(state);
        }
        // The pool reports its own time-out without a state and without a type.
        String message = sql.getMessage();
        return message != null && message.toLowerCase(java.util.Locale.ROOT).contains("acquisition timeout");
    }
}
