package ai.mavster.credits.ledger.statement;

/**
 * Debits and reversals between two instants, for features that add them up: the tables themselves are the ledger's.
 * Times follow the order of entries, so the ends are found by halves and what lies between is read by key: it takes as
 * long as there is between them, however long the account. What moved no entry has an index of its own.
 */
public final class Spending {

    /** How often the account is a parameter of {@link #between}: nothing else is. */
    public static final int ACCOUNTS = 7;

    /**
     * Of one posting: {@code kind}, {@code credits} in millionths without a sign, and what they were for. By its key,
     * and after its entry, whatever the planner thinks of tables that it finds empty.
     */
    private static final String COLUMNS =
            "o.kind, o.credits, o.action, o.project_id, o.workspace_id, o.test_id, o.run_id, o.quantity";

    private static final String BETWEEN = """
            (WITH bounds AS MATERIALIZED (SELECT (%1$s SELECT seq FROM start) AS low, (%2$s SELECT seq FROM start) AS high)
             SELECT p.* FROM bounds CROSS JOIN LATERAL (
                 SELECT e.seq, e.posting_id FROM entry e
                 WHERE e.account_id = %6$s AND e.seq > bounds.low AND e.seq <= bounds.high OFFSET 0) moved
             CROSS JOIN LATERAL (
                 SELECT %3$s FROM posting o
                 WHERE o.account_id = %6$s AND o.posting_id = moved.posting_id AND o.first_seq = moved.seq
                   AND o.kind IN ('debit', 'reversal') OFFSET 0) p
             UNION ALL
             SELECT free.* FROM bounds CROSS JOIN LATERAL (
                 SELECT %3$s FROM posting o
                 WHERE o.account_id = %6$s AND o.entries = 0 AND o.first_seq > bounds.low AND o.first_seq <= bounds.high + 1
                   AND o.occurred_at >= %4$s AND o.occurred_at < %5$s AND o.kind IN ('debit', 'reversal')
                 ORDER BY o.first_seq OFFSET 0) free)""";

    private static final String GIVEN_BACK = """
            (WITH bounds AS MATERIALIZED (%1$s SELECT seq AS low FROM start)
             SELECT p.* FROM bounds CROSS JOIN LATERAL (
                 SELECT %2$s, o.reverses FROM posting o
                 WHERE o.account_id = %3$s AND o.kind = 'reversal' AND o.first_seq > bounds.low
                 ORDER BY o.first_seq OFFSET 0) p
             CROSS JOIN LATERAL (
                 SELECT d.first_seq FROM posting d
                 WHERE d.account_id = %3$s AND d.posting_id = p.reverses ORDER BY d.posting_id LIMIT 1) d
             WHERE d.first_seq > bounds.low)""";

    /** How many entries there are between two instants: account, start, account, account, end, account. */
    public static final String ENTRIES_BETWEEN = "SELECT (%s SELECT seq FROM start) - (%s SELECT seq FROM start)"
            .formatted(
                    SpentSince.LAST_BEFORE.formatted("?", "?::timestamptz", "?"),
                    SpentSince.LAST_BEFORE.formatted("?", "?::timestamptz", "?"));

    private Spending() {}

    /**
     * A subquery, to be joined laterally.
     *
     * @param from a column of what it is joined to: belongs to the range
     * @param to likewise; does not
     */
    public static String between(String from, String to) {
        return between("?", from, to);
    }

    /**
     * The same.
     *
     * @param account a column that has the account
     */
    public static String between(String account, String from, String to) {
        return BETWEEN.formatted(
                SpentSince.LAST_BEFORE.formatted(account, from, account),
                SpentSince.LAST_BEFORE.formatted(account, to, account),
                COLUMNS,
                from,
                to,
                account);
    }

    /**
     * A subquery, to be joined laterally: of each posting that has given something back since an instant, of a debit
     * that occurred since then, its {@code credits} and what the debit was for. What was given back of earlier debits is
     * not among it.
     *
     * @param account a column of what it is joined to
     * @param from likewise; belongs to the range
     */
    public static String givenBackSince(String account, String from) {
        return GIVEN_BACK.formatted(SpentSince.LAST_BEFORE.formatted(account, from, account), COLUMNS, account);
    }
}
