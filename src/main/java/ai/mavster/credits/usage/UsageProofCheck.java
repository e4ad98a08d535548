package ai.mavster.credits.usage;

import ai.mavster.credits.ledger.proof.Booked;
import ai.mavster.credits.ledger.proof.ProofCheck;
import ai.mavster.credits.ledger.proof.Snapshot;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Map;

/**
 * The rollups add up what was debited and given back, each quarter-hour and each day; days have the outliers of their
 * quarter-hours.
 */
@Singleton
class UsageProofCheck implements ProofCheck {

    private static final String KEY = "starts_at, action, project_id, workspace_id, test_id";
    private static final String FROM = "from ' || to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI\"Z\"') || '";

    /** Where a row of a grain starts, and what it is called. */
    private static final Map<String, String> STARTS = Map.of(
            Segments.QUARTER,
            "date_bin('15 minutes', occurred_at, '2000-01-01T00:00:00Z')",
            Segments.DAY,
            "date_trunc('day', occurred_at, 'UTC')");

    private static final String COUNTS_SOMETHING_ELSE = """
            SELECT 'the %1$s %4$s counts something else'
            FROM (SELECT %5$s AS starts_at, coalesce(action, '') AS action,
                         coalesce(project_id, '') AS project_id, coalesce(workspace_id, '') AS workspace_id,
                         coalesce(test_id, '') AS test_id, 0 AS kept,
                         CASE kind WHEN 'debit' THEN credits ELSE -credits END AS credits,
                         CASE kind WHEN 'debit' THEN 1 ELSE 0 END AS debits,
                         CASE kind WHEN 'debit' THEN coalesce(quantity, 1) ELSE 0 END AS quantity,
                         CASE kind WHEN 'debit' THEN 0 ELSE credits END AS reversed
                  FROM %2$s spent
                  UNION ALL SELECT %3$s, 1, -credits, -debits, -quantity, -reversed
                            FROM usage_rollup WHERE account_id = ? AND grain = '%1$s') counted
            GROUP BY %3$s
            HAVING sum(kept) <> 1 OR sum(credits) <> 0 OR sum(debits) <> 0 OR sum(quantity) <> 0 OR sum(reversed) <> 0""";

    private static final String DAY_HAS_OTHER_OUTLIERS = """
            SELECT 'the day %s has other outliers than its quarter-hours'
            FROM (SELECT date_trunc('day', starts_at, 'UTC') AS day, action, project_id, workspace_id, test_id,
                         CASE grain WHEN 'quarter' THEN outliers ELSE -outliers END AS outliers
                  FROM usage_rollup WHERE account_id = ?) counted
            GROUP BY day, action, project_id, workspace_id, test_id HAVING sum(outliers) <> 0""".formatted(FROM.formatted("day"));

    @Override
    public void check(Snapshot account) throws SQLException {
        for (Map.Entry<String, String> grain : STARTS.entrySet()) {
            account.none(
                    "usage",
                    COUNTS_SOMETHING_ELSE.formatted(
                            grain.getKey(), Booked.SPENDING, KEY, FROM.formatted("starts_at"), grain.getValue()));
        }
        account.none("usage", DAY_HAS_OTHER_OUTLIERS);
    }
}
