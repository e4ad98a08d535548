package ai.mavster.credits.usage;

import ai.mavster.credits.subscription.terms.Subscription;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the rows of an answer begin and end. Pure. */
final class Edges {

    private static final int HOUR = 3_600;

    private final Bucket bucket;
    private final ZoneId zone;
    private final @Nullable Subscription subscription;

    /**
     * @param zone whose hours, days and months they are
     * @param subscription whose periods; null: there are none
     */
    Edges(Bucket bucket, ZoneId zone, @Nullable Subscription subscription) {
        this.bucket = bucket;
        this.zone = zone;
        this.subscription = subscription;
    }

    /** The ends of a range, and what cuts it in between. */
    List<Instant> within(Instant from, Instant to) {
        List<Instant> edges = new ArrayList<>(List.of(from));
        if (bucket != Bucket.NONE) {
            for (Instant next = next(from); next.isBefore(to); next = next(next)) {
                edges.add(next);
            }
        }
        edges.add(to);
        return List.copyOf(edges);
    }

    private Instant next(Instant at) {
        return switch (bucket) {
            case HOUR -> nextHour(at);
            case DAY -> nextDay(at);
            case MONTH -> nextMonth(at);
            case BILLING_PERIOD ->
                subscription == null ? nextMonth(at) : subscription.periodAt(at).end();
            case NONE -> throw new IllegalStateException("Nothing cuts a range that is one row");
        };
    }

    /** Where a range starts that is to begin with a whole billing period, and would otherwise begin here. */
    Instant wholePeriod(Instant at) {
        return bucket == Bucket.BILLING_PERIOD && subscription != null
                ? subscription.periodAt(at).start()
                : at;
    }

    /** By the clock on the wall; where that is set by half an hour, as on Lord Howe, also there. */
    private Instant nextHour(Instant at) {
        ZoneRules rules = zone.getRules();
        long local = at.getEpochSecond() + rules.getOffset(at).getTotalSeconds();
        Instant hour = Instant.ofEpochSecond(at.getEpochSecond() + HOUR - Math.floorMod(local, HOUR));
        ZoneOffsetTransition shift = rules.nextTransition(at);
        boolean cuts = shift != null
                && shift.getInstant().isBefore(hour)
                && shift.getDuration().toSeconds() % HOUR != 0;
        return cuts ? shift.getInstant() : hour;
    }

    /** A day that is skipped where a zone changes its side of the date line is no row; one that comes twice is one. */
    private Instant nextDay(Instant at) {
        LocalDate day = at.atZone(zone).toLocalDate();
        Instant next;
        do {
            day = day.plusDays(1);
            next = day.atStartOfDay(zone).toInstant();
        } while (!next.isAfter(at));
        return next;
    }

    private Instant nextMonth(Instant at) {
        LocalDate month = at.atZone(zone).toLocalDate().withDayOfMonth(1);
        Instant next;
        do {
            month = month.plusMonths(1);
            next = month.atStartOfDay(zone).toInstant();
        } while (!next.isAfter(at));
        return next;
    }
}
