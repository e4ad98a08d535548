package ai.mavster.credits.subscription.terms;

import java.time.Instant;

/**
 * Time that is paid for, of a subscription whose months are granted as they are paid. Half-open, and without a gap: of
 * several stretches the last one.
 */
public record PaidTime(Instant from, Instant until) {

    /** Whether a month that starts then is yet to be paid: it is entered, and granted, once it is. */
    boolean awaits(Instant start) {
        return !start.isBefore(until);
    }

    /** Whether some of a month is paid for. One that was left out, and followed by others that are, grants nothing. */
    boolean covers(Period month) {
        return month.start().isBefore(until) && from.isBefore(month.end());
    }
}
