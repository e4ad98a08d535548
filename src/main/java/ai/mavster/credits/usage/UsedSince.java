package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.statement.Spending;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What debits have taken since an instant, less what was given back of these debits: what was given back of earlier
 * ones counts for nothing. Exact to the instant, and made of rollups, so that a window is counted in the time that its
 * days take, and not its postings.
 *
 * @param workspaceId of which workspace; empty: of any
 * @param projectId of which project; empty: of any
 * @param since belongs to it
 */
public record UsedSince(String accountId, String workspaceId, String projectId, Instant since) {

    private static final String OF_IT = "(k.workspace_id = '' OR %1$s.workspace_id = k.workspace_id)"
            + " AND (k.project_id = '' OR %1$s.project_id = k.project_id)";

    /** Whole quarter-hours up to a midnight (UTC), then days; and less what the first quarter-hour has before the start. */
    private static final Lookup<UsedSince> LOOKUP = Lookup.by(
            List.of(
                    Column.text("account_id", UsedSince::accountId),
                    Column.text("workspace_id", UsedSince::workspaceId),
                    Column.text("project_id", UsedSince::projectId),
                    Column.instant("since", UsedSince::since),
                    Column.instant("first_quarter", UsedSince::firstQuarter),
                    Column.instant("first_day", UsedSince::firstDay)),
            keys -> """
                    SELECT %2$s, k.workspace_id, k.project_id, k.since,
                           CAST(rolled.credits - early.credits - back.credits AS bigint)
                    FROM %1$s
                    CROSS JOIN LATERAL (
                        SELECT coalesce(sum(r.credits + r.reversed), 0) AS credits FROM (
                            (SELECT o.* FROM usage_rollup o WHERE o.account_id = %2$s AND o.grain = 'quarter'
                                AND o.starts_at >= k.first_quarter AND o.starts_at < k.first_day OFFSET 0)
                            UNION ALL
                            (SELECT o.* FROM usage_rollup o WHERE o.account_id = %2$s AND o.grain = 'day'
                                AND o.starts_at >= k.first_day OFFSET 0)) r
                        WHERE %5$s) rolled
                    CROSS JOIN LATERAL (
                        SELECT coalesce(sum(p.credits), 0) AS credits FROM %3$s p
                        WHERE k.first_quarter < k.since AND p.kind = 'debit' AND %6$s) early
                    CROSS JOIN LATERAL (
                        SELECT coalesce(sum(p.credits), 0) AS credits FROM %4$s p WHERE %6$s) back""".formatted(
                            keys.rows(),
                            keys.account(),
                            Spending.between(keys.account(), "k.first_quarter", "k.since"),
                            Spending.givenBackSince(keys.account(), "k.since"),
                            OF_IT.formatted("r"),
                            OF_IT.formatted("p")));

    private Instant firstQuarter() {
        return Segments.quarter(since);
    }

    private Instant firstDay() {
        return firstQuarter().minusNanos(1).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    }

    /**
     * Has them counted, once the accounts are locked or in one snapshot: what was written before is in it.
     *
     * @param found takes each with what was used
     */
    public static void read(RoundTrip reads, Collection<UsedSince> all, BiConsumer<UsedSince, Credits> found) {
        LOOKUP.in(
                reads,
                all,
                row -> found.accept(new UsedSince(row.text(), row.text(), row.text(), row.instant()), row.credits()));
    }
}
