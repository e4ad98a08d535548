package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.burndown.GrantsToRead;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.burndown.ReversibleDebit;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.PostingTable;
import ai.mavster.credits.ledger.posting.Purpose;
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
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code account_balance} and {@code credit_grant}: what a batch needs of them, and what it came to. Rows of
 * accounts that it has not locked, since others have, are passed over.
 */
final class LedgerTables {

    /** A grant as the batch leaves it. */
    private record GrantRow(
            String accountId,
            OpenGrant grant,
            Instant createdAt,
            @Nullable Money amount) {

        private @Nullable BigDecimal value() {
            return amount == null ? null : amount.value();
        }

        private @Nullable String currency() {
            return amount == null ? null : amount.currency();
        }
    }

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

    private static final Table<GrantRow> GRANT = Table.<GrantRow>named("credit_grant")
            .key(Column.text("account_id", GrantRow::accountId))
            .key(Column.uuid("grant_id", row -> row.grant.grantId()))
            .column(Column.text("kind", row -> row.grant.kind().id()))
            .column(Column.credits("credits", row -> row.grant.credits()))
            .changing(Column.credits("remaining", row -> row.grant.remaining()))
            .column(Column.instant("expires_at", row -> row.grant.expiresAt()))
            .column(Column.bigint("seq", row -> row.grant.seq()))
            .column(Column.instant("created_at", GrantRow::createdAt))
            .column(Column.numeric("amount", GrantRow::value))
            .column(Column.text("currency", GrantRow::currency))
            .declared();

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

    /** The first in burn order: the index is read in that order, and no further than this. */
    private static final Lookup<GrantsToRead.Of> OPEN_GRANTS = Lookup.by(
            List.of(
                    Column.text("account_id", GrantsToRead.Of::accountId),
                    Column.bigint("most", GrantsToRead.Of::most)),
            keys -> """
                    SELECT %s FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM credit_grant o WHERE o.account_id = %s AND o.open
                                        ORDER BY o.expires_at, o.burn_rank, o.seq LIMIT k.most) g""".formatted(GRANT.select("g"), keys.rows(), keys.account()));

    /** A debit or a grant that a command names. */
    private record Named(String accountId, UUID id) {}

    /** Key by key, however few there were when this was planned. */
    private static final Lookup<Named> GRANTS =
            Lookup.by(List.of(Column.text("account_id", Named::accountId), Column.uuid("grant_id", Named::id)), keys ->
                    """
                    SELECT %s FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM credit_grant o WHERE o.account_id = %s
                                        AND o.grant_id = k.grant_id LIMIT 1) g""".formatted(GRANT.select("g"), keys.rows(), keys.account()));

    /** The debits with what earlier reversals gave back, and the grants that all of it came from. */
    private static final Lookup<Named> DEBITS = Lookup.by(
            List.of(Column.text("account_id", Named::accountId), Column.uuid("posting_id", Named::id)),
            keys -> """
                    SELECT d.account_id, d.posting_id, d.action, d.quantity, d.workspace_id, d.project_id, d.test_id, d.run_id,
                           d.occurred_at, -e.credits,
                           (SELECT coalesce(sum(back.credits), 0)
                            FROM posting r
                            JOIN entry back ON back.account_id = r.account_id AND back.posting_id = r.posting_id
                                AND back.seq BETWEEN r.first_seq AND r.first_seq + r.entries - 1
                            WHERE r.account_id = d.account_id AND r.reverses = d.posting_id AND back.grant_id = e.grant_id),
                           %s
                    FROM %s
                    JOIN posting d ON d.account_id = %s AND d.posting_id = k.posting_id AND d.kind = 'debit'
                    LEFT JOIN entry e ON e.account_id = d.account_id AND e.seq BETWEEN d.first_seq AND d.first_seq + d.entries - 1
                    LEFT JOIN credit_grant g ON g.account_id = e.account_id AND g.grant_id = e.grant_id
                    ORDER BY d.account_id, d.posting_id, e.seq""".formatted(GRANT.select("g"), keys.rows(), keys.account()));

    private LedgerTables() {}

    private static Declaration<AccountState> balanceOf(UnaryOperator<Declaration<AccountState>> further) {
        return further.apply(Table.<AccountState>named("account_balance")
                .key(Column.text("account_id", AccountState::accountId))
                .changing(Column.bigint("seq", AccountState::seq))
                .changing(Column.credits("balance", AccountState::balance))
                .changing(Column.credits("held", AccountState::held))
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
                row.bytes(),
                row.instant(),
                row.bool(),
                row.text(),
                row.instantOrNull(),
                row.bool(),
                Salt.of(row.bytesOrNull()));
        accounts.put(account.accountId(), account);
    }

    /** To be read after the balances, in later statements: they see what others committed before the lock. */
    static void readOpenGrants(
            RoundTrip reads, Collection<String> accountIds, GrantsToRead grants, Map<String, AccountState> accounts) {
        OPEN_GRANTS.in(reads, grants.of(accountIds), row -> {
            AccountState account = accounts.get(row.text());
            if (account != null) {
                account.open().read(grant(row.uuid(), row), grants.of(account.accountId()));
            }
        });
    }

    private static OpenGrant grant(UUID grantId, Row row) throws SQLException {
        return new OpenGrant(
                grantId,
                EnumId.parse(GrantKind.class, row.text()),
                row.credits(),
                row.credits(),
                row.instantOrNull(),
                row.bigint());
    }

    /** The debits that reversals name, and the grants that are to be voided, wherever those are in burn order. */
    static void readNamed(RoundTrip reads, Collection<Command<?>> commands, Map<String, AccountState> accounts) {
        Set<Named> debits = new LinkedHashSet<>(0);
        Set<Named> grants = new LinkedHashSet<>(0);
        for (Command<?> command : commands) {
            if (command instanceof Command.Reversal reversal) {
                debits.add(new Named(reversal.accountId(), reversal.debitId()));
            } else if (command instanceof Command.Withdrawal withdrawal && withdrawal.grantId() != null) {
                grants.add(new Named(withdrawal.accountId(), withdrawal.grantId()));
            }
        }
        DEBITS.in(reads, debits, row -> {
            AccountState account = accounts.get(row.text());
            if (account != null) {
                readDebit(account, row);
            }
        });
        GRANTS.in(reads, grants, row -> {
            AccountState account = accounts.get(row.text());
            if (account != null) {
                account.loadUnlessKnown(grant(row.uuid(), row));
            }
        });
    }

    private static void readDebit(AccountState account, Row row) throws SQLException {
        UUID debitId = row.uuid();
        Purpose purpose = PostingTable.purpose(row);
        Instant occurredAt = row.instant();
        ReversibleDebit known = account.reversible(debitId);
        ReversibleDebit debit =
                known == null ? new ReversibleDebit(debitId, purpose, occurredAt, new ArrayList<>()) : known;
        account.load(debit);
        Credits taken = row.credits();
        Credits givenBack = row.credits();
        UUID grantId = row.skip(1).uuidOrNull();
        if (grantId != null) {
            debit.shares().add(new ReversibleDebit.Share(grantId, taken, givenBack));
            account.loadUnlessKnown(grant(grantId, row));
        }
    }

    static void write(RoundTrip writes, Collection<AccountState> accounts, Journal journal) {
        writeGrants(writes, accounts, journal.openedGrants());
        PostingTable.insert(writes, journal.postings());
        write(writes, BALANCE, accounts, account -> account.isChanged() && !account.isEnding());
        write(writes, ENDING, accounts, AccountState::isEnding);
        HoldTable.write(
                writes,
                accounts.stream()
                        .flatMap(account -> account.changedHolds().stream())
                        .toList());
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

    private static void writeGrants(
            RoundTrip writes, Collection<AccountState> accounts, List<Journal.OpenedGrant> openedGrants) {
        Map<UUID, Journal.OpenedGrant> opened = new HashMap<>();
        openedGrants.forEach(grant -> opened.put(grant.grantId(), grant));
        List<GrantRow> rows = new ArrayList<>();
        for (AccountState account : accounts) {
            for (OpenGrant grant : account.changedGrants()) {
                Journal.OpenedGrant fresh = opened.get(grant.grantId());
                rows.add(new GrantRow(
                        account.accountId(),
                        grant,
                        fresh == null ? account.asOf() : fresh.at(),
                        fresh == null ? null : fresh.command().amount()));
            }
        }
        if (opened.isEmpty() && !rows.isEmpty()) {
            GRANT.update(writes, rows);
        } else {
            GRANT.upsert(writes, rows);
        }
    }
}
