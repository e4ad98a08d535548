package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.sql.Connections;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what was used, grouped as a query asks. */
@Singleton
class UsageRepository {

    private static final String SUMS = """
            coalesce(sum(credits), 0)::bigint AS credits, coalesce(sum(debits), 0)::bigint, coalesce(sum(quantity), 0),
            coalesce(sum(reversed), 0)::bigint, coalesce(sum(outliers), 0)::bigint
            """;

    private static final String DIMENSIONS = "action, project_id, workspace_id, test_id, run_id";

    /** Not what a cut quarter-hour has counted in and off again. */
    private static final String SOMETHING = "sum(debits) <> 0 OR sum(reversed) <> 0";

    private static final String AFTER_BUCKET = "(bucket < ? OR bucket = ? AND (" + DIMENSIONS + ") > (?, ?, ?, ?, ?))";

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

        String cursor(Sort sort) {
            List<String> ids = new ArrayList<>();
            if (sort == Sort.CREDITS) {
                ids.add(Long.toString(figures.credits.millionths()));
            }
            ids.addAll(dimensions.values());
            return Cursor.of(start, ids);
        }
    }

    /** Some of the groups, and the sums of all, as of one moment. */
    record Answer(List<Line> lines, Figures totals) {}

    /** How many ids a cursor of such a list has. */
    static int idsOfCursor(Sort sort) {
        return Dimension.values().length + (sort == Sort.CREDITS ? 1 : 0);
    }

    /**
     * The first of a query's groups, as it sorts them.
     *
     * @param after the last group before; null: from the first on
     */
    Answer page(UsageQuery query, Cursor.@Nullable Place after, int limit) throws SQLException {
        boolean byCredits = query.sort() == Sort.CREDITS;
        UsageSource source = UsageSource.of(query);
        String sql = source.sql()
                + """
                , grouped AS (
                    SELECT grouping(bucket) AS total, bucket, %1$s, %2$s
                    FROM picked GROUP BY GROUPING SETS ((bucket, %1$s), ()) HAVING grouping(bucket) = 1 OR %3$s)
                SELECT * FROM grouped %4$s ORDER BY total DESC, %5$s bucket DESC, %1$s LIMIT ?""".formatted(
                                DIMENSIONS,
                                SUMS,
                                SOMETHING,
                                after == null ? "" : "WHERE total = 1 OR " + after(byCredits),
                                byCredits ? "credits DESC," : "");
        List<Object> parameters = source.parameters();
        if (after != null) {
            parameters.addAll(parameters(after, byCredits));
        }
        parameters.add(limit + 1);
        List<Line> lines = new ArrayList<>();
        List<Figures> totals = new ArrayList<>(1);
        try (Connection connection = database.longRead();
                PreparedStatement statement = UsageSource.prepare(connection, sql, parameters);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                if (row.getInt(1) == 1) {
                    totals.add(Figures.of(row, 3 + Dimension.values().length));
                } else {
                    lines.add(line(row, 2));
                }
            }
        }
        return new Answer(lines, totals.get(0));
    }

    private static String after(boolean byCredits) {
        return byCredits ? "credits < ? OR credits = ? AND " + AFTER_BUCKET : AFTER_BUCKET;
    }

    private static List<Object> parameters(Cursor.Place after, boolean byCredits) {
        List<Object> parameters = new ArrayList<>();
        List<String> ids = after.ids();
        if (byCredits) {
            long credits = credits(ids.get(0));
            parameters.add(credits);
            parameters.add(credits);
            ids = ids.subList(1, ids.size());
        }
        OffsetDateTime bucket = after.time().atOffset(ZoneOffset.UTC);
        parameters.add(bucket);
        parameters.add(bucket);
        parameters.addAll(ids);
        return parameters;
    }

    private static long credits(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notOurs) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
    }

    /**
     * Some of the groups of one bucket, in the order of their dimensions.
     *
     * @param after the last group before; null: from the first on
     */
    List<Line> groups(UsageQuery bucket, @Nullable Line after, int limit) throws SQLException {
        UsageSource source = UsageSource.of(bucket);
        String sql = source.sql()
                + """
                SELECT bucket, %1$s, %2$s FROM picked %3$s GROUP BY bucket, %1$s HAVING %4$s
                ORDER BY %1$s LIMIT ?""".formatted(
                                DIMENSIONS,
                                SUMS,
                                after == null ? "" : "WHERE (" + DIMENSIONS + ") > (?, ?, ?, ?, ?)",
                                SOMETHING);
        List<Object> parameters = source.parameters();
        if (after != null) {
            parameters.addAll(after.dimensions().values());
        }
        parameters.add(limit);
        List<Line> lines = new ArrayList<>();
        try (Connection connection = database.longRead();
                PreparedStatement statement = UsageSource.prepare(connection, sql, parameters);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                lines.add(line(row, 1));
            }
        }
        return lines;
    }

    /** How many entries lie in a query's range. */
    long entries(UsageQuery query) throws SQLException {
        return number(UsageSource.entries(query));
    }

    /** How many debits were refused since an instant, by whole quarter-hours. */
    long refused(String accountId, Instant since) throws SQLException {
        return number(new UsageSource(
                "SELECT coalesce(sum(debits), 0) FROM usage_refused WHERE account_id = ? AND starts_at >= ?",
                List.of(accountId, Segments.quarter(since).atOffset(ZoneOffset.UTC))));
    }

    private long number(UsageSource question) throws SQLException {
        try (Connection connection = database.longRead();
                PreparedStatement statement = UsageSource.prepare(connection, question.sql(), question.parameters());
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Line line(ResultSet row, int from) throws SQLException {
        Map<Dimension, String> dimensions = new EnumMap<>(Dimension.class);
        int column = from;
        for (Dimension dimension : Dimension.values()) {
            dimensions.put(dimension, row.getString(++column));
        }
        return new Line(row.getObject(from, OffsetDateTime.class).toInstant(), dimensions, Figures.of(row, column + 1));
    }
}
