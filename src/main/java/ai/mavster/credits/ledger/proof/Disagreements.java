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
            FROM posting r WHERE r.account_id = ? AND r.reverses IS NOT NULL
            GROUP BY r.account_id, r.reverses
            HAVING sum(r.credits) > coalesce((SELECT d.credits FROM posting d WHERE d.account_id = r.account_id
                                              AND d.posting_id = r.reverses AND d.kind = 'debit'), -1)""";

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
        account.none("keys", KEY_HAS_ANOTHER_POSTING);
    }
}
