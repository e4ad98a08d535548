package ai.mavster.credits.usage;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Query;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A range of an account's usage, and how it is grouped.
 *
 * @param zone whose days, months and hours its rows are
 * @param edges of its rows, from the start of the first, which belongs to it, to the end of the last, which does not
 * @param only what these dimensions must be
 */
record UsageQuery(
        String accountId,
        ZoneId zone,
        Bucket bucket,
        List<Instant> edges,
        List<Dimension> groupBy,
        Map<Dimension, String> only,
        Sort sort) {

    private static final Duration DEFAULT_RANGE = Duration.ofDays(30);

    /** As a request asks it. The range ends with the current quarter-hour at the latest. */
    static UsageQuery of(UsageAccount account, Query query) {
        Bucket asked = query.oneOf("bucket", Bucket.class);
        Bucket bucket = asked == null ? Bucket.DAY : asked;
        Sort sort = query.oneOf("sort", Sort.class);
        ZoneId zone = zone(query.text("time_zone"), account);
        Map<Dimension, String> only = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            String value = query.matching(dimension.column, Identifier.PATTERN);
            if (value != null) {
                only.put(dimension, value);
            }
        }
        return new UsageQuery(
                account.accountId(),
                zone,
                bucket,
                edges(query, bucket, zone, account),
                query.anyOf("group_by", Dimension.class),
                only,
                sort == null ? Sort.NEWEST : sort);
    }

    private static List<Instant> edges(Query query, Bucket bucket, ZoneId zone, UsageAccount account) {
        Instant from = query.instant("from");
        Instant to = query.instant("to");
        Instant now = account.asOf();
        if (from != null && to != null && !from.isBefore(to)) {
            throw new InvalidInput("from", "must be before to");
        }
        boolean upToNow = to == null || to.isAfter(now);
        Instant end = to == null || upToNow ? Segments.nextQuarter(now) : to;
        if (from != null && !from.isBefore(end)) {
            throw new InvalidInput("from", "must not lie in the future");
        }
        if (from != null && Duration.between(from, upToNow ? now : end).compareTo(bucket.most) > 0) {
            throw new InvalidInput(
                    "from",
                    "must lie at most %d days before to with bucket=%s"
                            .formatted(bucket.most.toDays(), bucket.name().toLowerCase(Locale.ROOT)));
        }
        Edges edges = new Edges(bucket, zone, account.terms());
        return edges.within(from == null ? edges.wholePeriod(daysBefore(end, zone)) : from, end);
    }

    private static ZoneId zone(@Nullable String name, UsageAccount account) {
        try {
            return name == null ? account.zone() : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new InvalidInput("time_zone", "must be a time zone's IANA name, such as Europe/Berlin");
        }
    }

    /** What took the most since an instant, by action; null: of the last 30 days. */
    static UsageQuery byAction(UsageAccount account, @Nullable Instant from) {
        Instant end = Segments.nextQuarter(account.asOf());
        return new UsageQuery(
                account.accountId(),
                account.zone(),
                Bucket.NONE,
                List.of(from == null ? daysBefore(end, account.zone()) : from, end),
                List.of(Dimension.ACTION),
                Map.of(),
                Sort.CREDITS);
    }

    /**
     * By the days of the account's zone, and by what it was for. It ends with the current quarter-hour at the latest.
     *
     * @param from belongs to it
     * @param to does not
     * @throws InvalidInput if there is nothing between them yet, or too much
     */
    static UsageQuery byDay(UsageAccount account, Instant from, Instant to, Dimension by) {
        Instant end = to.isAfter(account.asOf()) ? Segments.nextQuarter(account.asOf()) : to;
        if (!from.isBefore(end)) {
            throw new InvalidInput("from", "must lie before to, and not in the future");
        }
        if (Duration.between(from, end).compareTo(Bucket.DAY.most.plusDays(1)) > 0) {
            throw new InvalidInput("from", "must lie at most %d days before to".formatted(Bucket.DAY.most.toDays()));
        }
        List<Instant> edges = new Edges(Bucket.DAY, account.zone(), account.terms()).within(from, end);
        return new UsageQuery(
                account.accountId(), account.zone(), Bucket.DAY, edges, List.of(by), Map.of(), Sort.NEWEST);
    }

    private static Instant daysBefore(Instant end, ZoneId zone) {
        return end.minus(DEFAULT_RANGE)
                .atZone(zone)
                .toLocalDate()
                .atStartOfDay(zone)
                .toInstant();
    }

    String zoneName() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    Instant from() {
        return edges.get(0);
    }

    Instant to() {
        return edges.get(edges.size() - 1);
    }

    /** Where the row ends that starts there. */
    Instant end(Instant start) {
        return edges.get(Collections.binarySearch(edges, start) + 1);
    }

    int rows() {
        return edges.size() - 1;
    }

    /** One of its rows, from 0, as a query of its own. */
    UsageQuery row(int row) {
        return new UsageQuery(accountId, zone, bucket, edges.subList(row, row + 2), groupBy, only, sort);
    }

    /** Whether rows are grouped by run, which only postings can. */
    boolean isByRun() {
        return groupBy.contains(Dimension.RUN) || only.containsKey(Dimension.RUN);
    }

    Segments segments() {
        return isByRun() ? Segments.ofPostingsBetween(edges) : Segments.between(edges);
    }
}
