package ai.mavster.credits.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Accounts without credits, whose subscription to Basic is due for renewal since an hour or, after a shorter month,
 * some days.
 */
final class RenewalAccounts implements AccountStore {

    private static final int CLIENTS = 64;

    /** So many of all are proved: each has one entry, and is like the others. */
    private static final int PROVED = 5_000;

    @Override
    public void open(Stage stage, Accounts accounts) throws SQLException {
        LedgerAccounts.insert(
                stage.database(),
                accounts,
                "date_trunc('minute', (now() - interval '1 hour') AT TIME ZONE 'UTC' - interval '1 month') AT TIME ZONE 'UTC'");
    }

    @Override
    public void check(Stage stage, Accounts accounts) throws SQLException {
        long right = stage.database().number("""
                SELECT count(*) FROM account_balance b WHERE starts_with(b.account_id, ?) AND b.seq = 1 AND b.balance = 3000000000
                AND (SELECT count(*) FROM renewal r WHERE r.account_id = b.account_id) = 1
                AND (SELECT count(*) FROM entry e WHERE e.account_id = b.account_id) = 1""", accounts.prefix());
        stage.failures()
                .unless(
                        right == accounts.size(),
                        () -> right + " of " + accounts.size() + " accounts were renewed once: " + accounts.name());
        List<Integer> proved = new ArrayList<>();
        int step = Math.max(1, accounts.size() / PROVED);
        for (int account = 0; account < accounts.size(); account += step) {
            proved.add(account);
        }
        stage.load().each(new Proofs(accounts, Draw.of(proved)), proved.size(), CLIENTS);
    }
}
