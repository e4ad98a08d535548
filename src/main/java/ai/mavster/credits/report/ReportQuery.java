package ai.mavster.credits.report;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Query;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What a report is asked for.
 *
 * @param from belongs to it
 * @param to does not belong to it, and is now at the latest
 */
record ReportQuery(Instant from, Instant to, List<Grouping> groupBy) {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    /** As a request asks it: the last month that is over, by kind, unless it says otherwise. */
    static ReportQuery of(Query query, Instant now) {
        YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        Instant from = query.instant("from");
        Instant to = query.instant("to");
        Instant start = from == null ? start(to == null ? month.minusMonths(1) : monthBefore(to)) : from;
        Instant end = to == null ? (from == null ? start(month) : now) : to.isAfter(now) ? now : to;
        if (!start.isBefore(end) || start.isBefore(FIRST)) {
            throw new InvalidInput("from", "must be before to, and not lie in the future");
        }
        List<Grouping> groupBy = query.anyOf("group_by", Grouping.class);
        return new ReportQuery(start, end, groupBy.isEmpty() ? List.of(Grouping.KIND) : groupBy);
    }

    private static YearMonth monthBefore(Instant end) {
        return YearMonth.from(end.minusNanos(1).atOffset(ZoneOffset.UTC));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    boolean isBy(Grouping grouping) {
        return groupBy.contains(grouping);
    }
}
