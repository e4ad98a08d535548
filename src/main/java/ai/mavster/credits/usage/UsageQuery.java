package ai.mavster.credits.usage;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A range of an account's usage, and how it is grouped.
 *
 * @param from a whole hour; belongs to it
 * @param to a whole hour; does not belong to it
 * @param only what these dimensions must be
 */
record UsageQuery(
        String accountId,
        Instant from,
        Instant to,
        Bucket bucket,
        List<Dimension> groupBy,
        Map<Dimension, String> only) {

    private static final Duration DEFAULT_RANGE = Duration.ofDays(30);

    /**
     * As a request asks it. The range is rounded outward to whole hours, and ends with the current one at the latest.
     */
    static UsageQuery of(String accountId, Query query, Instant now) {
        Bucket asked = query.oneOf("bucket", Bucket.class);
        Bucket bucket = asked == null ? Bucket.DAY : asked;
        Instant from = query.instant("from");
        Instant to = query.instant("to");
        if (from != null && to != null && !from.isBefore(to)) {
            throw new InvalidInput("from", "must be before to");
        }
        Instant end = to == null || to.isAfter(now)
                ? now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS)
                : wholeHour(to);
        if (from != null && !from.isBefore(end)) {
            throw new InvalidInput("from", "must not lie in the future");
        }
        if (from != null
                && Duration.between(from, to == null || to.isAfter(now) ? now : to)
                                .compareTo(bucket.most)
                        > 0) {
            throw new InvalidInput(
                    "from",
                    "must lie at most %d days before to in buckets of a %s"
                            .formatted(bucket.most.toDays(), bucket.name().toLowerCase(java.util.Locale.ROOT)));
        }
        Map<Dimension, String> only = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            String value = query.matching(dimension.column, Identifier.PATTERN);
            if (value != null) {
                only.put(dimension, value);
            }
        }
        return new UsageQuery(
                accountId,
                from == null ? daysBefore(end) : from.truncatedTo(ChronoUnit.HOURS),
                end,
                bucket,
                query.anyOf("group_by", Dimension.class),
                only);
    }

    /** All of a range, by action. */
    static UsageQuery byAction(String accountId, @Nullable Instant from, Instant now) {
        Instant end = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        return new UsageQuery(
                accountId,
                from == null ? daysBefore(end) : from.truncatedTo(ChronoUnit.HOURS),
                end,
                Bucket.MONTH,
                List.of(Dimension.ACTION),
                Map.of());
    }

    private static Instant daysBefore(Instant end) {
        return end.minus(DEFAULT_RANGE).truncatedTo(ChronoUnit.DAYS);
    }

    private static Instant wholeHour(Instant instant) {
        Instant hour = instant.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(instant) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }

    /** The part of it that lies in its last bucket. */
    UsageQuery lastBucket() {
        Instant start = bucket.start(to.minusNanos(1));
        return new UsageQuery(accountId, start.isBefore(from) ? from : start, to, bucket, groupBy, only);
    }

    /** The part of it before another part; null: there is none. */
    @Nullable
    UsageQuery before(UsageQuery part) {
        return from.isBefore(part.from) ? new UsageQuery(accountId, from, part.from, bucket, groupBy, only) : null;
    }

    /** A stretch of rows of one grain, from one instant to before another. */
    record Stretch(String grain, Instant from, Instant to) {}

    /** Where the answer is read: whole days by the day, and the hours before and after them. */
    List<Stretch> stretches() {
        Instant firstDay = from.truncatedTo(ChronoUnit.DAYS);
        if (firstDay.isBefore(from)) {
            firstDay = firstDay.plus(1, ChronoUnit.DAYS);
        }
        Instant lastDay = to.truncatedTo(ChronoUnit.DAYS);
        if (bucket == Bucket.HOUR || !firstDay.isBefore(lastDay)) {
            return List.of(new Stretch("hour", from, to));
        }
        return List.of(
                new Stretch("hour", from, firstDay),
                new Stretch("day", firstDay, lastDay),
                new Stretch("hour", lastDay, to));
    }
}
