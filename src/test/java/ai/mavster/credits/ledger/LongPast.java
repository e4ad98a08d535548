package ai.mavster.credits.ledger;

import ai.mavster.credits.embedded.DatabaseAddress;
import java.sql.SQLException;

/**
 * Gives an account a past by the hundred thousand, behind the service's back: free of meaning, but as much to read as a
 * real one. Its proof fails.
 */
public final class LongPast {

    private LongPast() {}

    /**
     * Entries, each of a posting of its own. Their run is {@code run-<place>}.
     *
     * @param last the place of the last of them
     */
    public static void give(DatabaseAddress database, String accountId, int last) throws SQLException {
        LedgerRows rows = new LedgerRows(database);
        long head = rows.number("SELECT seq FROM account_balance WHERE account_id = ?", accountId);
        rows.execute("""
                INSERT INTO posting (account_id, posting_id, kind, requested, credits, captured, balance, held, owed, first_seq, entries, action,
                                     project_id, run_id, author_type, author_id, author_name, occurred_at, hash_version)
                SELECT b.account_id, md5(b.account_id || n)::uuid, 'debit', 1, 1, 0, b.balance, 0, 0, n, 1, 'visual-assert', 'checkout',
                       'run-' || n, 'api_key', 'key', 'key', b.as_of, 2
                FROM account_balance b, generate_series(?::bigint, ?::bigint) n WHERE b.account_id = ?""", head + 1, (long) last, accountId);
        rows.execute("""
                INSERT INTO entry (account_id, seq, posting_id, grant_id, credits, balance_after, hash)
                SELECT b.account_id, n, md5(b.account_id || n)::uuid, g.grant_id, -1, b.balance, b.hash
                FROM account_balance b JOIN credit_grant g USING (account_id), generate_series(?::bigint, ?::bigint) n
                WHERE b.account_id = ?""", head + 1, (long) last, accountId);
        rows.execute("UPDATE account_balance SET seq = ? WHERE account_id = ?", (long) last, accountId);
    }
}
