package ai.mavster.credits.usage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the figures of an answer are read: whole days (UTC) by their rollups, what is left of a day by those of
 * quarter-hours, and what is left of a quarter-hour from the postings themselves. Every time zone's offset is made of
 * whole quarter-hours, so that postings are read only at the ends of a range and of billing periods. Pure.
 */
final class Segments {

    static final String QUARTER = "quarter";
    static final String DAY = "day";

    private static final int SECONDS_A_QUARTER = 900;

    /** Rollups of one grain that start from one instant to before another. */
    record Rollups(Instant bucket, String grain, Instant from, Instant to) {}

    /**
     * Postings from one instant to before another.
     *
     * @param sign 1, or -1 where rollups have counted them in
     */
    record Postings(Instant bucket, int sign, Instant from, Instant to) {}

    final List<Rollups> rollups = new ArrayList<>();
    final List<Postings> postings = new ArrayList<>();

    private Segments() {}

    /** Where a quarter-hour starts that an instant lies in. */
    static Instant quarter(Instant instant) {
        long second = instant.getEpochSecond();
        return Instant.ofEpochSecond(second - Math.floorMod(second, SECONDS_A_QUARTER));
    }

    static Instant nextQuarter(Instant instant) {
        return quarter(instant).plusSeconds(SECONDS_A_QUARTER);
    }

    /** The rows of an answer, which lie between these edges. */
    static Segments between(List<Instant> edges) {
        Segments segments = new Segments();
        for (int i = 1; i < edges.size(); i++) {
            segments.add(edges.get(i - 1), edges.get(i));
        }
        return segments;
    }

    /** The same from postings alone. */
    static Segments ofPostingsBetween(List<Instant> edges) {
        Segments segments = new Segments();
        for (int i = 1; i < edges.size(); i++) {
            segments.add(edges.get(i - 1), 1, edges.get(i - 1), edges.get(i));
        }
        return segments;
    }

    /** What the first quarter-hour has before the start is taken off: of a first period, say, that is nothing. */
    private void add(Instant from, Instant to) {
        Instant first = quarter(from);
        Instant last = quarter(to);
        if (first.equals(last)) {
            add(from, 1, from, to);
            return;
        }
        Instant firstDay = first.minusNanos(1).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        Instant lastDay = last.truncatedTo(ChronoUnit.DAYS);
        if (firstDay.isBefore(lastDay)) {
            add(from, QUARTER, first, firstDay);
            add(from, DAY, firstDay, lastDay);
            add(from, QUARTER, lastDay, last);
        } else {
            add(from, QUARTER, first, last);
        }
        add(from, -1, first, from);
        add(from, 1, last, to);
    }

    private void add(Instant bucket, String grain, Instant from, Instant to) {
        if (from.isBefore(to)) {
            rollups.add(new Rollups(bucket, grain, from, to));
        }
    }

    private void add(Instant bucket, int sign, Instant from, Instant to) {
        if (from.isBefore(to)) {
            postings.add(new Postings(bucket, sign, from, to));
        }
    }
}
