package ai.mavster.credits.run.record;

import ai.mavster.credits.ledger.Hold;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run and what is reserved for it, as of one instant.
 *
 * @param hold null: nothing was
 */
public record RunWithHold(Run run, @Nullable Hold hold) {

    /** What its hold had left counts as released once that has expired, whether or not it was posted. */
    public RunWithHold asOf(Instant now) {
        return hold == null ? this : new RunWithHold(run, hold.asOf(now));
    }
}
