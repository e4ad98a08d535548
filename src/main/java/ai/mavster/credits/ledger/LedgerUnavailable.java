package ai.mavster.credits.ledger;

import org.jspecify.annotations.Nullable;

/** The ledger could not answer a command. Its reason says whether the command may have taken effect. */
public final class LedgerUnavailable extends RuntimeException {

    private final Reason reason;

    /** Why there is no answer. */
    public enum Reason {
        /** Too many commands are waiting, or the service is stopping. Nothing was done. */
        OVERLOADED,
        /** The database could not be reached in time. Nothing was done. */
        DATABASE_UNREACHABLE,
        /** The connection was lost while committing, and the database could not be asked since. The same key will tell. */
        OUTCOME_UNKNOWN
    }

    LedgerUnavailable(Reason reason, @Nullable Throwable cause) {
        super(reason.name(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
