package ai.mavster.credits.usage;

import ai.mavster.credits.ledger.statement.Spending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * What a query adds up, as the rows {@code picked} of a statement: of rollups and of postings, each with the bucket it
 * belongs to.
 *
 * @param sql the beginning of a statement, or all of one
 */
record UsageSource(String sql, List<Object> parameters) {

    /** Each segment is looked up by itself, in its own range of the primary key. */
    private static final String FROM_ROLLUPS = """
            SELECT segment.bucket, %s, p.credits, p.debits, p.quantity, p.reversed, p.outliers
            FROM unnest(?::timestamptz[], ?::text[], ?::timestamptz[], ?::timestamptz[]) AS segment (bucket, grain, starts, ends)
            CROSS JOIN LATERAL (
                SELECT o.* FROM usage_rollup o
                WHERE o.account_id = ? AND o.grain = segment.grain AND o.starts_at >= segment.starts AND o.starts_at < segment.ends
                OFFSET 0) p
            WHERE true%s""";

    private static final String FROM_POSTINGS = """
            SELECT segment.bucket, %s, segment.sign * CASE p.kind WHEN 'debit' THEN p.credits ELSE -p.credits END,
                   segment.sign * CASE p.kind WHEN 'debit' THEN 1 ELSE 0 END,
                   segment.sign * CASE p.kind WHEN 'debit' THEN coalesce(p.quantity, 1) ELSE 0 END,
                   segment.sign * CASE p.kind WHEN 'debit' THEN 0 ELSE p.credits END, 0
            FROM unnest(?::timestamptz[], ?::bigint[], ?::timestamptz[], ?::timestamptz[]) AS segment (bucket, sign, starts, ends)
            CROSS JOIN LATERAL
            """ + Spending.between("segment.starts", "segment.ends") + """
             p
            WHERE true%s""";

    /** An array, and of what. */
    private record Many(String type, List<String> values) {

        static <T> Many of(String type, List<T> rows, Function<T, Object> value) {
            return new Many(type, rows.stream().map(value).map(Object::toString).toList());
        }
    }

    static UsageSource of(UsageQuery query) {
        Segments segments = query.segments();
        StringJoiner selects = new StringJoiner(
                "\nUNION ALL\n",
                "WITH picked (bucket, action, project_id, workspace_id, test_id,"
                        + " run_id, credits, debits, quantity, reversed, outliers) AS (\n",
                ")\n");
        List<Object> parameters = new ArrayList<>();
        if (!segments.rollups.isEmpty() || segments.postings.isEmpty()) {
            selects.add(FROM_ROLLUPS.formatted(columns(query), conditions(query)));
            List<Segments.Rollups> rollups = segments.rollups;
            parameters.add(Many.of("timestamptz", rollups, Segments.Rollups::bucket));
            parameters.add(Many.of("text", rollups, Segments.Rollups::grain));
            parameters.add(Many.of("timestamptz", rollups, Segments.Rollups::from));
            parameters.add(Many.of("timestamptz", rollups, Segments.Rollups::to));
            parameters.add(query.accountId());
            parameters.addAll(query.only().values());
        }
        if (!segments.postings.isEmpty()) {
            selects.add(FROM_POSTINGS.formatted(columns(query), conditions(query)));
            List<Segments.Postings> postings = segments.postings;
            parameters.add(Many.of("timestamptz", postings, Segments.Postings::bucket));
            parameters.add(Many.of("bigint", postings, Segments.Postings::sign));
            parameters.add(Many.of("timestamptz", postings, Segments.Postings::from));
            parameters.add(Many.of("timestamptz", postings, Segments.Postings::to));
            parameters.addAll(Collections.nCopies(Spending.ACCOUNTS, query.accountId()));
            parameters.addAll(query.only().values());
        }
        return new UsageSource(selects.toString(), parameters);
    }

    /** How many entries lie in a query's range. */
    static UsageSource entries(UsageQuery query) {
        String account = query.accountId();
        return new UsageSource(
                Spending.ENTRIES_BETWEEN,
                List.of(account, utc(query.to()), account, account, utc(query.from()), account));
    }

    private static String columns(UsageQuery query) {
        StringJoiner columns = new StringJoiner(", ");
        for (Dimension dimension : Dimension.values()) {
            columns.add(
                    query.groupBy().contains(dimension)
                            ? "coalesce(p." + dimension.column + ", '') COLLATE \"C\""
                            : "''::text COLLATE \"C\"");
        }
        return columns.toString();
    }

    private static String conditions(UsageQuery query) {
        StringBuilder conditions = new StringBuilder();
        query.only()
                .keySet()
                .forEach(dimension ->
                        conditions.append(" AND p.").append(dimension.column).append(" = ?"));
        return conditions.toString();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @SuppressWarnings("resource") // closed by the caller
    static PreparedStatement prepare(Connection connection, String sql, List<Object> parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i) instanceof Many many) {
                statement.setArray(i + 1, connection.createArrayOf(many.type, many.values.toArray()));
            } else {
                statement.setObject(i + 1, parameters.get(i));
            }
        }
        return statement;
    }
}
