package ai.mavster.credits.bench;

import java.sql.SQLException;

/** The accounts of what one would write instead, in a schema of its own. */
final class RivalAccounts implements AccountStore {

    /** What a careful engineer would make: the keys that the queries need, and constraints that hold. */
    static void createTables(Database database) throws SQLException {
        database.execute("CREATE SCHEMA rival");
        database.execute("""
                CREATE TABLE rival.account (
                    account_id text COLLATE "C" NOT NULL PRIMARY KEY,
                    balance    bigint           NOT NULL CHECK (balance >= 0),
                    allotment  bigint           NOT NULL,
                    cap        bigint           NOT NULL,
                    period_end timestamptz      NOT NULL
                ) WITH (fillfactor = 50)""");
        database.execute("CREATE INDEX account_due ON rival.account (period_end)");
        database.execute("""
                CREATE TABLE rival.entry (
                    account_id      text COLLATE "C" NOT NULL REFERENCES rival.account,
                    entry_id        uuid             NOT NULL,
                    kind            text             NOT NULL CHECK (kind IN ('debit', 'monthly_grant')),
                    idempotency_key text COLLATE "C" NOT NULL,
                    credits         bigint           NOT NULL CHECK (credits <> 0),
                    balance_after   bigint           NOT NULL CHECK (balance_after >= 0),
                    action          text,
                    quantity        numeric(16, 6),
                    workspace_id    text,
                    project_id      text,
                    test_id         text,
                    run_id          text,
                    occurred_at     timestamptz      NOT NULL,
                    PRIMARY KEY (account_id, entry_id),
                    UNIQUE (account_id, idempotency_key)
                )""");
    }

    /** Accounts without credits whose period ended an hour ago. */
    static void makeDue(Database database, int size) throws SQLException {
        database.execute("""
                INSERT INTO rival.account (account_id, balance, allotment, cap, period_end)
                SELECT 'due:' || n, 0, 3000000000, 4500000000, now() - interval '1 hour' FROM generate_series(0, ? - 1) n""", size);
    }

    @Override
    public void open(Stage stage, Accounts accounts) throws SQLException {
        stage.database().execute("""
                INSERT INTO rival.account (account_id, balance, allotment, cap, period_end)
                SELECT ? || n, ?, 3000000000, 4500000000, now() + interval '1 month' FROM generate_series(0, ? - 1) n""", accounts.prefix(), CREDITS * MILLIONTHS, accounts.size());
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
                SELECT a.account_id, (SELECT count(*) FROM rival.entry e WHERE e.account_id = a.account_id), a.balance
                FROM rival.account a WHERE starts_with(a.account_id, ?)""",
                        accounts.prefix());
    }
}
