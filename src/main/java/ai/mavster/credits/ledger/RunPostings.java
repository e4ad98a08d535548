package ai.mavster.credits.ledger;

/**
 * What was posted for runs, as queries for others to build on: the tables themselves are the ledger's. Run by run, whatever the planner
 * thinks of a table that is still small: as a join it could be planned to read all of it.
 */
public final class RunPostings {

    /** The runs of these debits, as {@code account_id, run_id}; parameters are the columns of account ids and of posting ids. */
    public static final String OF_DEBITS = """
            SELECT DISTINCT p.account_id, p.run_id
            FROM unnest(?::text[], ?::uuid[]) AS k (account_id, posting_id)
            CROSS JOIN LATERAL (SELECT * FROM posting WHERE posting.account_id = k.account_id
                                AND posting.posting_id = k.posting_id LIMIT 1) p
            WHERE p.run_id IS NOT NULL
            """;

    /**
     * What debits that name these runs took, less what was given back, as {@code account_id, run_id, spent}, in millionths; without the
     * runs for which that is nothing. Parameters are the columns of account ids and of run ids.
     */
    public static final String SPENT = """
            SELECT k.account_id, k.run_id, p.spent
            FROM unnest(?::text[], ?::text[]) AS k (account_id, run_id)
            CROSS JOIN LATERAL (
                SELECT sum(CASE kind WHEN 'debit' THEN credits ELSE -credits END) AS spent FROM posting
                WHERE posting.account_id = k.account_id AND posting.run_id = k.run_id AND kind IN ('debit', 'reversal')) p
            WHERE p.spent > 0
            """;

    /**
     * What runs have spent by action, as {@code account_id, run_id, action, spent, debits, quantity}: in millionths, less what was given
     * back. Parameters are the columns of account ids and of run ids.
     */
    public static final String BY_ACTION = """
            SELECT k.account_id, k.run_id, p.action, p.spent, p.debits, p.quantity
            FROM unnest(?::text[], ?::text[]) AS k (account_id, run_id)
            CROSS JOIN LATERAL (
                SELECT action, greatest(0, sum(CASE kind WHEN 'debit' THEN credits ELSE -credits END)) AS spent,
                       count(*) FILTER (WHERE kind = 'debit') AS debits,
                       coalesce(sum(coalesce(quantity, 1)) FILTER (WHERE kind = 'debit'), 0) AS quantity
                FROM posting
                WHERE posting.account_id = k.account_id AND posting.run_id = k.run_id
                    AND action IS NOT NULL AND kind IN ('debit', 'reversal')
                GROUP BY action) p
            """;

    private RunPostings() {}
}
