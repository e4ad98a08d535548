package ai.mavster.credits.ledger.statement;

/**
 * What moved the credits of many accounts, grant by grant, as parts of queries for others to build on: the tables
 * themselves are the ledger's. Accounts on test clocks are in none of it: their time is not the real one.
 *
 * <p>What is left of a grant and the newest entry are read together, so they are of one moment; entries up to that one
 * are never changed, and so may be read after it, part by part. What was left at any earlier instant is what is left
 * less what has moved since.
 *
 * <p>{@code value} is the part of what was paid for a grant that its credits come to, to more digits than money has;
 * null where nobody said what was paid.
 */
public final class GrantMovements {

    /**
     * Some accounts in the order of their ids, as of one moment, with a row for each grant of which something is left,
     * and one without where nothing is: {@code account_id, head, since, grant_id, kind, created_at, currency, remaining, value}. Of its
     * entries {@code since} is the last one before an instant, and {@code head} the last of all.
     *
     * <p>To be given the account after which, how many accounts, and the instant twice.
     */
    public static final String LEFT =
            """
            SELECT a.account_id, a.seq AS head, s.seq AS since, g.grant_id, g.kind, g.created_at, g.currency,
                   coalesce(g.remaining, 0) AS remaining, g.amount * g.remaining / g.credits AS value
            FROM (SELECT account_id, seq, as_of FROM account_balance
                  WHERE account_id > ? AND NOT on_test_clock ORDER BY account_id LIMIT ?) a
            CROSS JOIN LATERAL (
                SELECT CASE WHEN a.as_of < ? THEN a.seq ELSE (%s SELECT seq FROM start) END AS seq) s
            LEFT JOIN credit_grant g ON g.account_id = a.account_id AND g.open
            """.formatted(SpentSince.LAST_BEFORE.formatted("a.account_id", "?", "a.account_id"));

    /**
     * What entries of some accounts have moved, grant by grant: {@code account_id, grant_id, kind, created_at,
     * currency, posting, incoming, late, credits, value}. {@code posting} is the kind of posting; {@code late} are those at an instant or after
     * it; {@code credits} are signed, and all of one sign. Each posting by its key, and after its entry: whatever the
     * planner thinks of tables that it finds empty.
     *
     * <p>To be given three arrays of the same length, of accounts, the entry after which, and the last entry; and the
     * instant.
     */
    public static final String MOVED = """
            SELECT m.account_id, m.grant_id, g.kind, g.created_at, g.currency, m.posting, m.incoming, m.late, m.credits,
                   g.amount * m.credits / g.credits AS value
            FROM (SELECT e.account_id, e.grant_id, p.posting, e.credits > 0 AS incoming, p.late, sum(e.credits) AS credits
                  FROM unnest(?, ?, ?) AS r (account_id, after, last)
                  CROSS JOIN LATERAL (
                      SELECT account_id, posting_id, grant_id, credits FROM entry
                      WHERE entry.account_id = r.account_id AND entry.seq > r.after AND entry.seq <= r.last ORDER BY seq) e
                  CROSS JOIN LATERAL (
                      SELECT kind AS posting, occurred_at >= ? AS late FROM posting
                      WHERE posting.account_id = e.account_id AND posting.posting_id = e.posting_id LIMIT 1) p
                  GROUP BY 1, 2, 3, 4, 5) m
            CROSS JOIN LATERAL (
                SELECT kind, created_at, currency, amount, credits FROM credit_grant
                WHERE credit_grant.account_id = m.account_id AND credit_grant.grant_id = m.grant_id LIMIT 1) g
            """;

    private GrantMovements() {}
}
