package ai.mavster.credits.report;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.statement.GrantMovements;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.subscription.history.PlanOfGrant;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what is left of grants and what has moved them, a bounded part at a time. */
@Singleton
class ReportRepository {

    private final Connections database;

    ReportRepository(Connections database) {
        this.database = database;
    }

    /** Entries of one account: after one place, up to another. */
    record EntryRange(String accountId, long after, long last) {

        long length() {
            return last - after;
        }
    }

    /** The figures of each group. */
    interface Sums {
        Figures of(Group group);
    }

    /**
     * Adds what is left in the next accounts.
     *
     * @param afterAccount empty: from the first one on
     * @return the entries that they have had since the start of the range, in the order of accounts; one for each
     *     account
     */
    List<EntryRange> left(ReportQuery query, String afterAccount, int accounts, Sums sums) throws SQLException {
        String sql = "SELECT l.account_id, l.since, l.head, " + columns(query, "l")
                + ", sum(l.remaining), sum(l.value) FROM (" + GrantMovements.LEFT
                + ") l GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1";
        Map<String, EntryRange> ranges = new LinkedHashMap<>();
        try (Connection connection = database.longRead();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, afterAccount);
            statement.setInt(2, accounts);
            statement.setObject(3, utc(query.from()));
            statement.setObject(4, utc(query.from()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String accountId = row.getString(1);
                    ranges.putIfAbsent(accountId, new EntryRange(accountId, row.getLong(2), row.getLong(3)));
                    sums.of(group(query, accountId, row, 4)).left(part(row, 6));
                }
            }
        }
        return List.copyOf(ranges.values());
    }

    /** Adds what has moved by these entries. */
    void moved(ReportQuery query, List<EntryRange> ranges, Sums sums) throws SQLException {
        String account = query.isBy(Grouping.ACCOUNT) ? "m.account_id" : "NULL::text";
        String sql = "SELECT " + account + ", " + columns(query, "m")
                + ", sum(m.credits), sum(m.value), m.posting, m.late FROM (" + GrantMovements.MOVED
                + ") m GROUP BY 1, 2, 3, 4, m.posting, m.incoming, m.late";
        try (Connection connection = database.longRead();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", array(ranges, EntryRange::accountId)));
            statement.setArray(2, connection.createArrayOf("bigint", array(ranges, EntryRange::after)));
            statement.setArray(3, connection.createArrayOf("bigint", array(ranges, EntryRange::last)));
            statement.setObject(4, utc(query.to()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Figures figures = sums.of(group(query, row.getString(1), row, 2));
                    if (row.getBoolean(8)) {
                        figures.late(part(row, 4));
                    } else {
                        figures.moved(PostingKind.of(row.getString(7)), part(row, 4));
                    }
                }
            }
        }
    }

    private interface Part {
        Object of(EntryRange range);
    }

    private static Object[] array(List<EntryRange> ranges, Part part) {
        return ranges.stream().map(part::of).toArray();
    }

    private static String columns(ReportQuery query, String grant) {
        String kind = query.isBy(Grouping.KIND) ? grant + ".kind" : "NULL::text";
        String plan = query.isBy(Grouping.PLAN) ? PlanOfGrant.of(grant) : "NULL::text";
        return kind + ", " + plan + ", " + grant + ".currency";
    }

    /** The currency, the credits and the money of a row. */
    private static Figures.Part part(ResultSet row, int from) throws SQLException {
        return new Figures.Part(
                row.getBigDecimal(from + 1).movePointLeft(Credits.DECIMALS),
                row.getString(from),
                row.getBigDecimal(from + 2));
    }

    private static Group group(ReportQuery query, @Nullable String accountId, ResultSet row, int from)
            throws SQLException {
        return new Group(
                query.isBy(Grouping.ACCOUNT) ? accountId : null,
                row.getString(from),
                row.getString(from + 1),
                query.isBy(Grouping.CURRENCY) ? row.getString(from + 2) : null);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
