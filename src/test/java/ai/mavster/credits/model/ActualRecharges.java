package ai.mavster.credits.model;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the database holds of an account's recharges, in the reference's words. */
final class ActualRecharges {

    private ActualRecharges() {}

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> query(DataSource database, String sql, String accountId, Row<T> row)
            throws SQLException {
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

    static List<UUID> ids(DataSource database, String accountId) throws SQLException {
        return query(
                database,
                "SELECT recharge_id FROM recharge WHERE account_id = ? ORDER BY recharge_id",
                accountId,
                row -> row.getObject(1, UUID.class));
    }

    static List<String> rows(DataSource database, String accountId) throws SQLException {
        List<String> rows = query(
                database,
                """
                SELECT r.status, r.credits, p.amount, r.period_start, p.status FROM recharge r
                JOIN payment p ON p.account_id = r.account_id AND p.payment_id = r.recharge_id
                WHERE r.account_id = ? ORDER BY r.recharge_id""",
                accountId,
                row -> "%s %d for %d in %s, %s"
                        .formatted(
                                row.getString(1),
                                row.getLong(2),
                                row.getBigDecimal(3).movePointRight(2).longValueExact(),
                                row.getTimestamp(4).toInstant(),
                                row.getString(5)));
        rows.addAll(query(
                database,
                """
                SELECT enabled, threshold, limit_per_period, switched_off, failures, not_before, in_flight IS NOT NULL, period_start, recharged
                FROM recharge_settings WHERE account_id = ?""",
                accountId,
                row -> ReferenceRecharges.settings(
                        row.getBoolean(1),
                        row.getLong(2),
                        row.getLong(3),
                        String.valueOf(row.getString(4))
                                .toUpperCase(Locale.ROOT)
                                .replace("NULL", "null"),
                        row.getInt(5),
                        instant(row, 6),
                        row.getBoolean(7),
                        instant(row, 8),
                        row.getLong(9))));
        return rows;
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
