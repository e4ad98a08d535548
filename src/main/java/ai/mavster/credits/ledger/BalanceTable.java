package ai.mavster.credits.ledger;

import ai.mavster.credits.ledger.erasure.Ending;
import ai.mavster.credits.ledger.hold.HoldTable;
import ai.mavster.credits.ledger.idempotency.Idempotency;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.ledger.proof.ProofCheck;
import ai.mavster.credits.ledger.proof.Snapshot;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Declaration;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The table {@code account_balance}: the lock of each account, and what it has. */
final class BalanceTable {

    private static final Column<AccountState> CLOSED_AT = Column.instant("closed_at", AccountState::closedAt);

    private static final Column<AccountState> ERASING = Column.bool("erasing", AccountState::isErasing);

    private static final Column<AccountState> SALT =
            Column.bytes("salt", account -> account.salt().bytes());

    private static final Table<AccountState> BALANCE = balanceOf(
                    columns -> columns.column(CLOSED_AT).column(ERASING).column(SALT))
            .withChecksum();

    /** The same for accounts that are closed or erased: all others are spared those columns. */
    private static final Table<AccountState> ENDING = balanceOf(
                    columns -> columns.changing(CLOSED_AT).changing(ERASING).changing(SALT))
            .withChecksum();

    private static final String OF_BALANCE =
            "SELECT %s FROM account_balance b WHERE b.account_id ".formatted(BALANCE.select("b"));

    private static final Lookup<String> READ =
            Lookup.by(List.of(Column.text("account_id")), keys -> OF_BALANCE + keys.only());

    /** In the order of their ids, so that batches of several processes never wait for each other in a circle. */
    private static final Lookup<String> LOCK = Lookup.by(
            List.of(Column.text("account_id")), keys -> OF_BALANCE + keys.only() + " ORDER BY b.account_id FOR UPDATE");

    private static final Lookup<String> LOCK_FREE = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> OF_BALANCE + keys.only() + " ORDER BY b.account_id FOR UPDATE SKIP LOCKED");

    private static final Lookup<String> EXISTING = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> "SELECT b.account_id FROM account_balance b WHERE b.account_id " + keys.only());

    private BalanceTable() {}

    private static Declaration<AccountState> balanceOf(UnaryOperator<Declaration<AccountState>> further) {
        return further.apply(Table.<AccountState>named("account_balance")
                .key(Column.text("account_id", AccountState::accountId))
                .changing(Column.bigint("seq", AccountState::seq))
                .changing(Column.credits("balance", AccountState::balance))
                .changing(Column.credits("held", AccountState::held))
                .changing(Column.credits("owed", AccountState::owed))
                .changing(Column.bytes("hash", AccountState::hash))
                .changing(Column.instant("as_of", AccountState::asOf))
                .column(Column.bool("on_test_clock", AccountState::isOnTestClock))
                .column(Column.text("time_zone", AccountState::timeZone)));
    }

    static Table<AccountState> balance() {
        return BALANCE;
    }

    /**
     * What of the ledger's rows no entry tells: the account's time, what holds are for and how long they last, and
     * answers of features.
     */
    @Singleton
    static final class Checksums implements ProofCheck {

        @Override
        public void check(Snapshot account) throws SQLException {
            account.checksums("balance", BALANCE);
            account.checksums("holds", HoldTable.table());
            account.checksums("keys", Idempotency.table(), "AND t.answer IS NOT NULL");
        }
    }

    /** Locks the accounts that are free; or waits for all of them, and fails where one is not given within a while. */
    static void lock(
            RoundTrip reads,
            Collection<String> accountIds,
            BatchTransaction.Locking locking,
            Map<String, AccountState> accounts) {
        if (locking == BatchTransaction.Locking.WAIT) {
            reads.query(
                    "SELECT set_config('lock_timeout', '" + BatchTransaction.PATIENCE.toMillis() + "', true)",
                    row -> {});
            LOCK.in(reads, accountIds, row -> put(accounts, row));
        } else {
            LOCK_FREE.in(reads, accountIds, row -> put(accounts, row));
        }
    }

    /** Which of these accounts there are, locked or not. */
    static void readExisting(RoundTrip reads, Collection<String> accountIds, Set<String> existing) {
        EXISTING.in(reads, accountIds, row -> existing.add(row.text()));
    }

    static void read(RoundTrip reads, Collection<String> accountIds, Map<String, AccountState> accounts) {
        READ.in(reads, accountIds, row -> put(accounts, row));
    }

    private static void put(Map<String, AccountState> accounts, Row row) throws SQLException {
        AccountState account = new AccountState(
                row.text(),
                row.bigint(),
                row.credits(),
                row.credits(),
                row.credits(),
                row.bytes(),
                row.instant(),
                row.bool(),
                row.text(),
                new Ending(row.instantOrNull(), row.bool(), Salt.of(row.bytesOrNull())));
        accounts.put(account.accountId(), account);
    }

    /** The accounts that the batch has changed. */
    static void write(RoundTrip writes, Collection<AccountState> accounts) {
        write(writes, BALANCE, accounts, account -> account.isChanged() && !account.isEnding());
        write(writes, ENDING, accounts, AccountState::isEnding);
    }

    private static void write(
            RoundTrip writes,
            Table<AccountState> table,
            Collection<AccountState> accounts,
            Predicate<AccountState> which) {
        List<AccountState> changed = accounts.stream().filter(which).toList();
        if (!changed.isEmpty()) {
            table.update(writes, changed);
        }
    }
}
