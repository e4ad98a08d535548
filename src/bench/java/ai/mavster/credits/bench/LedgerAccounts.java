package ai.mavster.credits.bench;

import ai.mavster.credits.subscription.SubscribedAccounts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The service's own accounts: subscribed to Basic, with credits from one top-up. */
final class LedgerAccounts implements AccountStore {

    private static final int CLIENTS = 64;

    private final boolean proved;

    private LedgerAccounts(boolean proved) {
        this.proved = proved;
    }

    /** Accounts that only the service writes. */
    static AccountStore ofTheService() {
        return new LedgerAccounts(true);
    }

    /** Accounts that somebody writes past the service, who does not chain the entries. */
    static AccountStore unchained() {
        return new LedgerAccounts(false);
    }

    @Override
    public void open(Stage stage, Accounts accounts) throws SQLException {
        insert(stage.database(), accounts, "now()");
        stage.load().each(TopUps.of(accounts), accounts.size(), CLIENTS);
    }

    /**
     * Accounts without credits, subscribed since an instant that an SQL expression gives, and granted the first month.
     */
    static void insert(Database database, Accounts accounts, String anchor) throws SQLException {
        database.execute("""
                INSERT INTO account (account_id, created_at, updated_at)
                SELECT ? || n, now(), now() FROM generate_series(0, ? - 1) n""", accounts.prefix(), accounts.size());
        database.execute("""
                INSERT INTO account_balance (account_id, seq, balance, held, owed, as_of, hash, salt)
                SELECT ? || n, 0, 0, 0, 0, now() - interval '70 days', ?, uuid_send(gen_random_uuid()) FROM generate_series(0, ? - 1) n""", accounts.prefix(), new byte[32], accounts.size());
        List<Instant> since = new ArrayList<>(1);
        database.query(row -> since.add(row.getTimestamp(1).toInstant()), "SELECT " + anchor);
        try (Connection connection = database.connect()) {
            SubscribedAccounts.insert(connection, accounts.prefix(), accounts.size(), since.get(0));
        }
    }

    @Override
    public void check(Stage stage, Accounts accounts) throws SQLException {
        stage.database()
                .query(
                        row -> {
                            AccountStore.compare(
                                    stage.failures(), accounts, row.getString(1), row.getLong(2), row.getLong(3));
                        },
                        """
                SELECT b.account_id, (SELECT count(*) FROM posting p WHERE p.account_id = b.account_id AND p.kind = 'debit'), b.balance
                FROM account_balance b WHERE starts_with(b.account_id, ?)""",
                        accounts.prefix());
        if (proved) {
            // One key may have few proofs made at a time.
            stage.load().each(Proofs.of(accounts), accounts.size(), 1);
        }
    }
}
