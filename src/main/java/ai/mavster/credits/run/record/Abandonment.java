package ai.mavster.credits.run.record;

import ai.mavster.credits.ledger.hold.Hold;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * When a run that nobody finishes is given up: once it has shown no sign of life for so long, and its hold's time is
 * over. What a hold has reserved is there for its runner until then, be it that he cannot reach the service meanwhile.
 */
@Singleton
public class Abandonment {

    private static final int PARTS = 1_000;

    private final Duration after;

    /**
     * @throws IllegalArgumentException unless that is more than nothing
     */
    Abandonment(@ConfigProperty(name = "credits.run.abandoned-after") Duration after) {
        if (after.isZero() || after.isNegative()) {
            throw new IllegalArgumentException("credits.run.abandoned-after must be more than nothing, not " + after);
        }
        this.after = after;
    }

    /** How long without a sign of life. */
    public Duration after() {
        return after;
    }

    /** Runs that were last seen then, or earlier, are abandoned at an instant, unless a hold lasts longer. */
    public Instant seenBy(Instant now) {
        return now.minus(after);
    }

    /** A run as it is at an instant, whether or not that was written down. One that waits in vain is over, too. */
    public Run asOf(Instant now, Run run, @Nullable Hold hold) {
        if (run.isQueued() && run.queue() != null && !run.queue().expiresAt().isAfter(now)) {
            return run.expired(run.queue().expiresAt());
        }
        if (!run.isRunning() || run.seenAt().isAfter(seenBy(now))) {
            return run;
        }
        Instant silent = run.seenAt().plus(after);
        Instant at = hold != null && hold.expiresAt().isAfter(silent) ? hold.expiresAt() : silent;
        return at.isAfter(now) ? run : run.abandoned(at);
    }

    /** The same with its hold: what that had left counts as released once it has expired. */
    public RunWithHold asOf(Instant now, RunWithHold both) {
        Hold hold = both.hold();
        return new RunWithHold(asOf(now, both.run(), hold), hold == null ? null : hold.asOf(now), both.metadata());
    }

    /** Whether a sign of life changes nothing worth writing: to a thousandth of the time, the last one will do. */
    public boolean isFresh(Run run, Instant now) {
        return now.isBefore(run.seenAt().plus(after.dividedBy(PARTS)));
    }
}
