package ai.mavster.credits;

import org.jspecify.annotations.Nullable;

/** A command or a question could not be answered. The reason says whether a command may have taken effect. */
public final class Unavailable extends RuntimeException {

    private final Reason reason;

    /** Why there is no answer. */
    public enum Reason {
        /** Too many commands are waiting, or the service is stopping. Nothing was done. */
        OVERLOADED,
        /** The database could not be reached in time. Nothing was done. */
        DATABASE_UNREACHABLE,
        /** The connection was lost during the commit. A repeat with the same idempotency key returns the outcome. */
        OUTCOME_UNKNOWN
    }

    public Unavailable(Reason reason, @Nullable Throwable cause) {
        super(reason.name(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
