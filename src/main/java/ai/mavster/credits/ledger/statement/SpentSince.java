package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.Credits;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What an account has spent since any instant, exactly, and in the same time however many debits that were: the balance
 * then, and what was granted, has expired and was taken back since, less the balance now. The rest is what debits took less what
 * reversals gave back.
 */
@Singleton
public class SpentSince {

    /**
     * By halves, the last entry before an instant ({@code start.seq}; 0 if there is none): times follow the order of
     * entries. Each entry and posting by its key, whatever the planner thinks of tables that it finds empty. To be given
     * the account, the instant and the account again.
     */
    static final String LAST_BEFORE = """
            WITH RECURSIVE search (low, high) AS (
                SELECT CAST(0 AS bigint), b.seq + 1 FROM account_balance b WHERE b.account_id = %s
                UNION ALL
                SELECT CASE WHEN m.earlier THEN m.seq ELSE s.low END, CASE WHEN m.earlier THEN s.high ELSE m.seq END
                FROM search s, LATERAL (
                    SELECT e.seq, p.occurred_at < %s AS earlier
                    FROM (SELECT account_id, posting_id, seq FROM entry
                          WHERE account_id = %s AND seq = (s.low + s.high) / 2 ORDER BY seq LIMIT 1) e
                    CROSS JOIN LATERAL (SELECT occurred_at FROM posting
                          WHERE posting.account_id = e.account_id AND posting.posting_id = e.posting_id
                          ORDER BY posting.posting_id LIMIT 1) p) m
                WHERE s.high - s.low > 1),
            start AS (SELECT max(low) AS seq FROM search)""";

    /**
     * An account's grants, expiries and what corrects them are few and have an index of their own. One statement, so all of it is as of one
     * moment.
     */
    private static final String SINCE = since("?", "?", "?");

    /** Each instant by itself, in the order that they are given in. */
    private static final String SINCE_EACH = """
            SELECT s.credits FROM (SELECT CAST(? AS text) AS account_id, CAST(? AS bigint) AS last) a
            CROSS JOIN unnest(CAST(? AS timestamptz[])) WITH ORDINALITY AS k (start, place)
            CROSS JOIN LATERAL (%s) s (credits) ORDER BY k.place""".formatted(since("a.account_id", "k.start", "a.last"));

    private final AgroalDataSource database;

    SpentSince(AgroalDataSource database) {
        this.database = database;
    }

    private static String since(String account, String start, String last) {
        return LAST_BEFORE.formatted(account, start, account) + """

            SELECT coalesce((SELECT e.balance_after FROM entry e WHERE e.account_id = %1$s AND e.seq = start.seq), 0)
                 + coalesce((SELECT sum(CASE WHEN p.kind IN ('expiry', 'void', 'clawback', 'settlement') THEN -p.credits ELSE p.credits END) FROM posting p
                             WHERE p.account_id = %1$s AND p.first_seq > start.seq AND p.first_seq <= CAST(%2$s AS bigint)
                               AND p.kind NOT IN ('debit', 'reversal')), 0)
                 - coalesce((SELECT e.balance_after FROM account_balance b JOIN entry e ON e.account_id = b.account_id
                             WHERE b.account_id = %1$s AND e.seq = least(b.seq, CAST(%2$s AS bigint))), 0)
            FROM start""".formatted(account, last);
    }

    /**
     * @param start belongs to it
     * @return negative where more was given back than taken; zero where there is no such account
     */
    public Credits since(String accountId, Instant start) throws SQLException {
        return since(accountId, start, Long.MAX_VALUE);
    }

    /**
     * What was spent by an entry, so that it goes with a balance that was read when that was the last one.
     *
     * @param last its {@code seq}
     */
    public Credits since(String accountId, Instant start, long last) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SINCE)) {
            statement.setString(1, accountId);
            statement.setObject(2, start.atOffset(ZoneOffset.UTC));
            for (int account = 3; account <= 5; account++) {
                statement.setString(account, accountId);
            }
            statement.setLong(6, last);
            statement.setString(7, accountId);
            statement.setLong(8, last);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Credits(row.getLong(1));
            }
        }
    }

    /**
     * The same since each of several instants.
     *
     * @return in the order of the instants
     */
    public List<Credits> sinceEach(String accountId, List<Instant> starts, long last) throws SQLException {
        List<Credits> spent = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SINCE_EACH)) {
            statement.setString(1, accountId);
            statement.setLong(2, last);
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "timestamptz",
                            starts.stream().map(Instant::toString).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    spent.add(new Credits(row.getLong(1)));
                }
            }
        }
        return spent;
    }
}
