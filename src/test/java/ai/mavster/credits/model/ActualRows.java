package ai.mavster.credits.model;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.run.RunCommands;
import ai.mavster.credits.subscription.terms.Period;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the database holds of an account, in the reference's words, read by no code of the kernel's. */
final class ActualRows {

    private final DataSource database;

    ActualRows(DataSource database) {
        this.database = database;
    }

    /** The grants of an account by the entries that posted them. */
    static final class Names {
        private final Map<UUID, Long> seqs = new HashMap<>();

        long seq(UUID grantId) {
            return seqs.getOrDefault(grantId, -1L);
        }
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, String accountId, Row<T> row) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, accountId);
            List<T> rows = new ArrayList<>();
            ResultSet result = statement.executeQuery();
            while (result.next()) {
                rows.add(row.read(result));
            }
            return rows;
        }
    }

    Names names(String accountId) throws SQLException {
        Names names = new Names();
        query(
                "SELECT grant_id, seq FROM credit_grant WHERE account_id = ?",
                accountId,
                row -> names.seqs.put(row.getObject(1, UUID.class), row.getLong(2)));
        return names;
    }

    /** As many as a proof tells of. */
    List<String> monthlyGrantsByHand(String accountId) throws SQLException {
        return query("""
                SELECT posting_id FROM posting WHERE account_id = ? AND kind = 'monthly_grant' AND idempotency_key IS NOT NULL
                ORDER BY posting_id LIMIT 20""", accountId, row -> row.getString(1));
    }

    List<String> grants(String accountId) throws SQLException {
        return query(
                "SELECT seq, kind, remaining, credits, expires_at FROM credit_grant WHERE account_id = ? ORDER BY seq",
                accountId,
                row -> "#%d %s %d of %d until %s"
                        .formatted(
                                row.getLong(1),
                                row.getString(2).toUpperCase(Locale.ROOT),
                                row.getLong(3),
                                row.getLong(4),
                                instant(row, 5)));
    }

    List<String> entries(String accountId) throws SQLException {
        return query(
                """
                SELECT p.kind, e.seq, g.seq, e.credits, e.balance_after FROM entry e
                JOIN posting p USING (account_id, posting_id) JOIN credit_grant g USING (account_id, grant_id)
                WHERE account_id = ? ORDER BY e.seq""",
                accountId,
                row -> Text.entry(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
    }

    /** Which thresholds it was told of. */
    List<String> thresholds(String accountId) throws SQLException {
        return query(
                        "SELECT scope, scope_id, threshold, used, used_of, window_start FROM alert WHERE account_id = ? AND threshold IS NOT NULL",
                        accountId,
                        row -> ReferenceThresholds.text(
                                row.getString(1) + " " + row.getString(2),
                                row.getInt(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getTimestamp(6).toInstant()))
                .stream()
                .sorted()
                .toList();
    }

    /** The account's own row: how many entries, the balance, what is held of it, what is owed, and whether it is closed. */
    List<String> balance(String accountId) throws SQLException {
        return query(
                "SELECT seq, balance, held, owed, closed_at FROM account_balance WHERE account_id = ?",
                accountId,
                row -> Text.row(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), instant(row, 5)));
    }

    List<String> runs(String accountId) throws SQLException {
        return query(
                """
                SELECT r.run_id, status, reason, r.project_id, parent_run_id, estimated, spent, nested_spent,
                       coalesce(amount, 0), coalesce(captured, 0), coalesce(released, 0), coalesce(moved, 0), expires_at,
                       started_at, finished_at, seen_at, refused
                FROM run r LEFT JOIN hold h ON h.account_id = r.account_id AND h.hold_id = r.hold_id
                WHERE r.account_id = ? ORDER BY r.run_id""",
                accountId,
                row -> new RunCommands.Figures(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getObject(6, Long.class),
                                row.getLong(7),
                                row.getLong(8),
                                row.getLong(9),
                                row.getLong(10),
                                row.getLong(11),
                                row.getLong(12),
                                instant(row, 13),
                                row.getTimestamp(14).toInstant(),
                                instant(row, 15),
                                row.getTimestamp(16).toInstant(),
                                row.getLong(17))
                        .toString());
    }

    /** What was spent by project and test. */
    List<String> usage(String accountId) throws SQLException {
        return query(
                """
                SELECT project_id || ' ' || test_id COLLATE "C", sum(credits), sum(debits), sum(reversed) FROM usage_rollup
                WHERE account_id = ? AND grain = 'quarter' GROUP BY 1 ORDER BY 1""",
                accountId,
                row -> ReferenceUsage.row(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    List<String> decisions(String accountId) throws SQLException {
        return query(
                """
                SELECT period_index, period_start, period_end, outcome, granted, withheld, balance_before, cap, plan_id, decided_at
                FROM renewal WHERE account_id = ? ORDER BY period_start""",
                accountId,
                row -> "%d from %s to %s: %s by %s, %s"
                        .formatted(
                                row.getInt(1),
                                row.getTimestamp(2).toInstant(),
                                row.getTimestamp(3).toInstant(),
                                Text.figures(
                                        row.getString(4),
                                        row.getLong(5),
                                        row.getLong(6),
                                        row.getLong(7),
                                        row.getObject(8, Long.class)),
                                row.getString(9),
                                row.getTimestamp(10).toInstant()));
    }

    /** The subscription; empty if there is none. */
    List<String> subscription(String accountId) throws SQLException {
        return query(
                """
                SELECT plan_id, status, anchor, time_zone, period_index, period_start, period_end, cancel_at_period_end, granted_until,
                       granted_allotment, granted_for_trial, monthly_credits, next_plan_id, next_monthly_credits, billed_from
                FROM subscription WHERE account_id = ?""",
                accountId,
                row -> Text.subscription(
                        row.getString(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4),
                        new Period(
                                row.getInt(5),
                                row.getTimestamp(6).toInstant(),
                                row.getTimestamp(7).toInstant()),
                        row.getBoolean(8),
                        instant(row, 9),
                        row.getLong(10),
                        row.getBoolean(11),
                        row.getObject(12, Long.class),
                        row.getString(13),
                        row.getObject(14, Long.class),
                        row.getInt(15)));
    }

    List<String> changes(String accountId) throws SQLException {
        return query(
                """
                SELECT kind, changed_at, previous_plan_id, previous_status, plan_id, monthly_credits, next_plan_id, status,
                       cancel_at_period_end, granted, withheld
                FROM subscription_change WHERE account_id = ? ORDER BY change_id""",
                accountId,
                row -> Text.change(
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, Long.class),
                        row.getString(7),
                        row.getString(8),
                        row.getBoolean(9),
                        row.getLong(10),
                        row.getLong(11)));
    }

    void makePlans(List<PlanTerms> plans) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        INSERT INTO plan (plan_id, name, monthly_credits, cap_ratio, rollover, trial_credits, billing_interval)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (plan_id) DO NOTHING""")) {
            for (PlanTerms plan : plans) {
                Credits allotment = plan.allotment();
                statement.setString(1, plan.planId());
                statement.setString(2, plan.planId());
                statement.setLong(3, allotment.millionths());
                statement.setBigDecimal(4, plan.capRatio());
                statement.setString(5, plan.rollover().id());
                Credits trial = plan.trialCredits();
                statement.setObject(6, trial == null ? null : trial.millionths(), Types.BIGINT);
                statement.setString(7, plan.billing().id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
