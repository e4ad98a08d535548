package ai.mavster.credits.subscription.terms;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A month of a subscription, half-open: the start belongs to it, the end to the next.
 *
 * @param index 0 for the one that starts at the anchor
 */
public record Period(int index, Instant start, Instant end) {

    /**
     * Counted from the anchor, never from the period before: 31 January is followed by 28 February and then by 31
     * March.
     */
    public static Period of(Instant anchor, ZoneId zone, int index) {
        ZonedDateTime local = anchor.atZone(zone);
        return new Period(
                index,
                local.plusMonths(index).toInstant(),
                local.plusMonths(index + 1L).toInstant());
    }

    /** The period that an instant falls into; the first one for an instant before the anchor. */
    static Period holding(Instant anchor, ZoneId zone, Instant instant) {
        long months = ChronoUnit.MONTHS.between(anchor.atZone(zone), instant.atZone(zone));
        int index = Math.toIntExact(Math.max(0, months - 1));
        Period period = of(anchor, zone, index);
        while (!instant.isBefore(period.end())) {
            period = of(anchor, zone, period.index() + 1);
        }
        return period;
    }

    Period next(Instant anchor, ZoneId zone) {
        return of(anchor, zone, index + 1);
    }
}
