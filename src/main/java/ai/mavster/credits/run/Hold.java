package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Credits that are set aside for a run. What its debits draw is captured; what is left at the end is released, once.
 *
 * @param amount what was set aside, with all extensions; {@code captured + released} come to it when the hold is closed
 * @param lasts how long from the start or the last extension
 * @param expiresAt from when on what is left counts as released
 */
record Hold(UUID holdId, Credits amount, Credits captured, Credits released, Duration lasts, Instant expiresAt) {

    /** How long one lasts unless its run says otherwise. */
    static final Duration UNLESS_SAID = Duration.ofHours(1);

    static Hold of(UUID holdId, Credits amount, Duration lasts, Instant now) {
        return new Hold(holdId, amount, Credits.ZERO, Credits.ZERO, lasts, now.plus(lasts));
    }

    /** What is still set aside; nothing once it is closed. */
    Credits remaining() {
        return amount.minus(captured).minus(released);
    }

    boolean isOpen() {
        return remaining().isPositive();
    }

    boolean isExpired(Instant now) {
        return !expiresAt.isAfter(now);
    }

    Hold capture(Credits credits) {
        return new Hold(holdId, amount, captured.plus(credits), released, lasts, expiresAt);
    }

    Hold release() {
        return new Hold(holdId, amount, captured, released.plus(remaining()), lasts, expiresAt);
    }

    Hold extend(Credits more, Instant now) {
        return new Hold(holdId, amount.plus(more), captured, released, lasts, now.plus(lasts));
    }
}
