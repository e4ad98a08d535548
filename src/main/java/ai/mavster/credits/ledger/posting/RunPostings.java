package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.sql.Lookup;

/**
 * What was posted for runs, as parts of queries for others to build on: the tables themselves are the ledger's. Run by
 * run, whatever the planner thinks of a table that is still small: as a join it could be planned to read all of it.
 */
public final class RunPostings {

    private RunPostings() {}

    /**
     * The runs of debits, as {@code account_id, run_id}.
     *
     * @param keys with {@code posting_id}
     */
    public static String ofDebits(Lookup.Keys keys) {
        return """
                SELECT DISTINCT p.account_id, p.run_id
                FROM %s
                CROSS JOIN LATERAL (SELECT * FROM posting WHERE posting.account_id = %s
                                    AND posting.posting_id = k.posting_id LIMIT 1) p
                WHERE p.run_id IS NOT NULL""".formatted(keys.rows(), keys.account());
    }

    /**
     * What debits that name runs took, less what was given back, as {@code account_id, run_id, spent}, in millionths;
     * without the runs for which that is nothing.
     *
     * @param keys with {@code run_id}
     */
    public static String spent(Lookup.Keys keys) {
        return spent(keys.rows(), keys.account());
    }

    /**
     * The same.
     *
     * @param runs a relation {@code k} with {@code run_id}, for a FROM clause
     * @param account of which account each of them is
     */
    public static String spent(String runs, String account) {
        return """
                SELECT %2$s, k.run_id, p.spent
                FROM %1$s
                CROSS JOIN LATERAL (
                    SELECT sum(CASE kind WHEN 'debit' THEN credits ELSE -credits END) AS spent FROM posting
                    WHERE posting.account_id = %2$s AND posting.run_id = k.run_id AND kind IN ('debit', 'reversal')) p
                WHERE p.spent > 0""".formatted(runs, account);
    }

    /**
     * What runs have spent by action, as {@code account_id, run_id, action, spent, debits, quantity}: in millionths,
     * less what was given back.
     *
     * @param keys with {@code run_id}
     */
    public static String byAction(Lookup.Keys keys) {
        return byAction(keys.rows(), keys.account());
    }

    /**
     * The same.
     *
     * @param runs a relation {@code k} with {@code run_id}, for a FROM clause
     * @param account of which account each of them is
     */
    public static String byAction(String runs, String account) {
        return """
                SELECT %2$s AS account_id, k.run_id, p.action, p.spent, p.debits, p.quantity
                FROM %1$s
                CROSS JOIN LATERAL (
                    SELECT action, greatest(0, sum(CASE kind WHEN 'debit' THEN credits ELSE -credits END)) AS spent,
                           count(*) FILTER (WHERE kind = 'debit') AS debits,
                           coalesce(sum(coalesce(quantity, 1)) FILTER (WHERE kind = 'debit'), 0) AS quantity
                    FROM posting
                    WHERE posting.account_id = %2$s AND posting.run_id = k.run_id
                        AND action IS NOT NULL AND kind IN ('debit', 'reversal')
                    GROUP BY action) p""".formatted(runs, account);
    }
}
