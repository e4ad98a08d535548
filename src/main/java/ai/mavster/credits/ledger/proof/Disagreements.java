package ai.mavster.credits.ledger.proof;

import java.sql.SQLException;

/** What of the ledger's own tables would not agree with each other, as queries that find nothing. */
final class Disagreements {

    private static final String GRANT_HAS_ANOTHER_REMAINDER = """
            SELECT 'grant_' || grant_id || ' has another remainder than its entries'
            FROM (SELECT grant_id, credits FROM entry WHERE account_id = ?
                  UNION ALL SELECT grant_id, -remaining FROM credit_grant WHERE account_id = ?) moved
            GROUP BY grant_id HAVING sum(credits) <> 0""";

    private static final String GRANT_WAS_NOT_POSTED = """
            SELECT 'grant_' || g.grant_id || ' was not posted'
            FROM credit_grant g
            LEFT JOIN entry e ON e.account_id = g.account_id AND e.seq = g.seq
                AND e.posting_id = g.grant_id AND e.grant_id = g.grant_id
            WHERE g.account_id = ? AND e.seq IS NULL""";

    private static final String MORE_WAS_GIVEN_BACK = """
            SELECT 'debit_' || r.reverses || ' was given back more than it took'
            FROM posting r WHERE r.account_id = ? AND r.reverses IS NOT NULL AND r.kind = 'reversal'
            GROUP BY r.account_id, r.reverses
            HAVING sum(r.credits) > coalesce((SELECT d.credits FROM posting d WHERE d.account_id = r.account_id
                                              AND d.posting_id = r.reverses AND d.kind = 'debit'), -1)""";

    private static final String MORE_WAS_CLAIMED = """
            SELECT 'grant_' || c.reverses || ' was clawed back more than it had, or reinstated more than was clawed back'
            FROM posting c WHERE c.account_id = ? AND c.reverses IS NOT NULL AND c.kind IN ('clawback', 'reinstatement')
            GROUP BY c.account_id, c.reverses
            HAVING sum(CASE c.kind WHEN 'clawback' THEN c.requested ELSE -c.requested END)
                NOT BETWEEN 0 AND coalesce((SELECT g.credits FROM credit_grant g WHERE g.account_id = c.account_id
                                            AND g.grant_id = c.reverses), -1)""";

    private static final String OWES_SOMETHING_ELSE = """
            SELECT 'something else is owed than clawbacks left and settlements took'
            FROM (SELECT requested - credits AS owed FROM posting WHERE account_id = ? AND kind = 'clawback'
                  UNION ALL SELECT -credits FROM posting WHERE account_id = ? AND kind = 'settlement'
                  UNION ALL SELECT -owed FROM account_balance WHERE account_id = ?) counted
            HAVING sum(owed) <> 0""";

    private static final String KEY_HAS_ANOTHER_POSTING = """
            SELECT 'the posting ' || k.answer_id || ' is no answer to its key'
            FROM idempotency_key k
            LEFT JOIN posting p ON p.account_id = k.account_id AND p.posting_id = k.answer_id
            WHERE k.account_id = ? AND k.answer IS NULL AND p.idempotency_key IS DISTINCT FROM k.idempotency_key""";

    private Disagreements() {}

    static void find(Snapshot account) throws SQLException {
        account.none("grants", GRANT_HAS_ANOTHER_REMAINDER);
        account.none("grants", GRANT_WAS_NOT_POSTED);
        account.none("reversals", MORE_WAS_GIVEN_BACK);
        account.none("owed", MORE_WAS_CLAIMED);
        account.none("owed", OWES_SOMETHING_ELSE);
        account.none("keys", KEY_HAS_ANOTHER_POSTING);
    }
}
