package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.usage.UsageQuery.Stretch;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads the rollups, grouped as a query asks. */
@Singleton
class UsageRepository {

    private static final String SUMS = """
            coalesce(sum(credits), 0)::bigint, coalesce(sum(debits), 0)::bigint, coalesce(sum(quantity), 0),
            coalesce(sum(reversed), 0)::bigint, coalesce(sum(outliers), 0)::bigint
            """;

    private final Connections database;

    UsageRepository(Connections database) {
        this.database = database;
    }

    /** What was spent, and on how much. */
    record Figures(Credits credits, long debits, BigDecimal quantity, Credits reversed, long outliers) {

        private static Figures of(ResultSet row, int from) throws SQLException {
            return new Figures(
                    new Credits(row.getLong(from)),
                    row.getLong(from + 1),
                    row.getBigDecimal(from + 2),
                    new Credits(row.getLong(from + 3)),
                    row.getLong(from + 4));
        }
    }

    /** A group: its bucket, and its dimensions; empty where not said or not asked for. */
    record Line(Instant start, Map<Dimension, String> dimensions, Figures figures) {

        String dimension(Dimension dimension) {
            return dimensions.getOrDefault(dimension, "");
        }

        String cursor() {
            return Cursor.of(start, dimensions.values());
        }
    }

    /** Some of the groups, and the sums of all, as of one moment. */
    record Answer(List<Line> lines, Figures totals) {}

    /** Newest first, and within a bucket by dimension. */
    Answer page(UsageQuery query, Cursor.@Nullable Place after, int limit) throws SQLException {
        String sql = picked(query) + """
                , grouped AS (
                    SELECT grouping(bucket) AS total, bucket, action, project_id, workspace_id, test_id, %s
                    FROM picked GROUP BY GROUPING SETS ((bucket, action, project_id, workspace_id, test_id), ()))
                SELECT * FROM grouped %s
                ORDER BY total DESC, bucket DESC, action, project_id, workspace_id, test_id LIMIT ?""".formatted(SUMS, after == null ? "" : """
                WHERE total = 1 OR bucket < ?
                   OR bucket = ? AND (action, project_id, workspace_id, test_id) > (?, ?, ?, ?)""");
        List<Object> parameters = parameters(query);
        if (after != null) {
            parameters.add(utc(after.time()));
            parameters.add(utc(after.time()));
            parameters.addAll(after.ids());
        }
        parameters.add(limit + 1);
        List<Line> lines = new ArrayList<>();
        List<Figures> totals = new ArrayList<>(1);
        try (Connection connection = database.longRead();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                if (row.getInt(1) == 1) {
                    totals.add(Figures.of(row, 7));
                } else {
                    lines.add(line(row, 2));
                }
            }
        }
        return new Answer(lines, totals.get(0));
    }

    /**
     * Some of the groups of one bucket, in the order of their dimensions.
     *
     * @param after the last group before; null: from the first on
     */
    List<Line> groups(UsageQuery bucket, @Nullable Line after, int limit) throws SQLException {
        String sql = picked(bucket) + """
                SELECT bucket, action, project_id, workspace_id, test_id, %s
                FROM picked %s GROUP BY bucket, action, project_id, workspace_id, test_id
                ORDER BY action, project_id, workspace_id, test_id LIMIT ?""".formatted(SUMS, after == null ? "" : """
                WHERE (action, project_id, workspace_id, test_id) > (?, ?, ?, ?)""");
        List<Object> parameters = parameters(bucket);
        if (after != null) {
            parameters.addAll(after.dimensions().values());
        }
        parameters.add(limit);
        return lines(sql, parameters);
    }

    /** The groups of a whole range that spent the most. */
    List<Line> top(UsageQuery query, int limit) throws SQLException {
        String sql = picked(query) + """
                SELECT min(bucket), action, project_id, workspace_id, test_id, %s
                FROM picked GROUP BY action, project_id, workspace_id, test_id
                ORDER BY sum(credits) DESC, action, project_id, workspace_id, test_id LIMIT ?""".formatted(SUMS);
        List<Object> parameters = parameters(query);
        parameters.add(limit);
        return lines(sql, parameters);
    }

    private List<Line> lines(String sql, List<Object> parameters) throws SQLException {
        List<Line> lines = new ArrayList<>();
        try (Connection connection = database.longRead();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                lines.add(line(row, 1));
            }
        }
        return lines;
    }

    /** One select for each stretch rather than one with OR: so each reads its own range of the primary key. */
    private static String picked(UsageQuery query) {
        StringBuilder columns = new StringBuilder("date_trunc('%s', starts_at, 'UTC') AS bucket"
                .formatted(query.bucket().name().toLowerCase(Locale.ROOT)));
        StringBuilder conditions = new StringBuilder();
        for (Dimension dimension : Dimension.values()) {
            String column = query.groupBy().contains(dimension) ? dimension.column : "''::text COLLATE \"C\"";
            columns.append(", ").append(column).append(" AS ").append(dimension.column);
            if (query.only().containsKey(dimension)) {
                conditions.append(" AND ").append(dimension.column).append(" = ?");
            }
        }
        StringJoiner selects = new StringJoiner(" UNION ALL ", "WITH picked AS (", ")\n");
        for (int i = 0; i < query.stretches().size(); i++) {
            selects.add("""
                    SELECT %s, credits, debits, quantity, reversed, outliers FROM usage_rollup
                    WHERE account_id = ? AND grain = ? AND starts_at >= ? AND starts_at < ?%s""".formatted(columns, conditions));
        }
        return selects.toString();
    }

    private static List<Object> parameters(UsageQuery query) {
        List<Object> parameters = new ArrayList<>();
        for (Stretch stretch : query.stretches()) {
            parameters.add(query.accountId());
            parameters.add(stretch.grain());
            parameters.add(utc(stretch.from()));
            parameters.add(utc(stretch.to()));
            parameters.addAll(query.only().values());
        }
        return parameters;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @SuppressWarnings("resource") // closed by the caller
    private static PreparedStatement prepare(Connection connection, String sql, List<Object> parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        return statement;
    }

    private static Line line(ResultSet row, int from) throws SQLException {
        Map<Dimension, String> dimensions = new EnumMap<>(Dimension.class);
        int column = from;
        for (Dimension dimension : Dimension.values()) {
            dimensions.put(dimension, row.getString(++column));
        }
        return new Line(row.getTimestamp(from).toInstant(), dimensions, Figures.of(row, column + 1));
    }
}
