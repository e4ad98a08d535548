package ai.mavster.credits.ledger.proof;

/**
 * What the ledger has written of an account, as subqueries for the {@link ProofCheck}s of features: the tables
 * themselves are the ledger's. The one parameter of each is the account.
 */
public final class Booked {

    /**
     * Debits and reversals: {@code kind}, {@code credits} in millionths without a sign, what they were for, and when.
     */
    public static final String SPENDING = """
            (SELECT kind, credits, action, quantity, workspace_id, project_id, test_id, run_id, occurred_at
             FROM posting WHERE account_id = ? AND kind IN ('debit', 'reversal'))""";

    /**
     * The same of which workspace and project: {@code kind}, {@code credits}, and when the debit was, be it given back
     * later ({@code debited_at}).
     */
    public static final String SPENDING_OF_DEBITS = """
            (SELECT p.kind, p.credits, p.workspace_id, p.project_id, coalesce(d.occurred_at, p.occurred_at) AS debited_at
             FROM posting p LEFT JOIN posting d ON d.account_id = p.account_id AND d.posting_id = p.reverses
             WHERE p.account_id = ? AND p.kind IN ('debit', 'reversal'))""";

    /** Open holds: what they have {@code remaining}, in millionths, and for which workspace and project. */
    public static final String OPEN_HOLDS = """
            (SELECT amount - captured - released AS remaining, workspace_id, project_id
             FROM hold WHERE account_id = ? AND open)""";

    /** Monthly grants: {@code grant_id}, {@code credits} in millionths, {@code created_at}. */
    public static final String MONTHLY_GRANTS =
            "(SELECT grant_id, credits, created_at FROM credit_grant WHERE account_id = ? AND kind = 'monthly')";

    /** Top-ups: {@code grant_id}, {@code credits} in millionths, and what was paid ({@code amount}, {@code currency}). */
    public static final String TOP_UPS =
            "(SELECT grant_id, credits, amount, currency FROM credit_grant WHERE account_id = ? AND kind = 'top_up')";

    /** Of each grant that anything was claimed of ({@code grant_id}): how much, less what was reinstated ({@code claimed}). */
    public static final String CLAIMS = """
            (SELECT reverses AS grant_id, sum(CASE kind WHEN 'clawback' THEN requested ELSE -requested END) AS claimed
             FROM posting WHERE account_id = ? AND kind IN ('clawback', 'reinstatement') GROUP BY reverses)""";

    /** Holds that are for runs: {@code hold_id} and what they are for. */
    public static final String HOLDS_OF_RUNS =
            "(SELECT hold_id, run_id, workspace_id, project_id, test_id FROM hold WHERE account_id = ? AND run_id IS NOT NULL)";

    private Booked() {}
}
