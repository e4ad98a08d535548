package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what a batch needs and writes what it came to, in one statement per table, however many accounts and commands it has. */
@Singleton
class LedgerStore {

    /** Locks the accounts, in the order of their ids so that batches of several processes never wait for each other in a circle. */
    void lock(RoundTrip reads, Collection<String> accountIds, Map<String, AccountState> accounts) {
        balances(reads, accountIds, accounts, " ORDER BY account_id FOR UPDATE");
    }

    void read(RoundTrip reads, Collection<String> accountIds, Map<String, AccountState> accounts) {
        balances(reads, accountIds, accounts, "");
    }

    private static void balances(
            RoundTrip reads, Collection<String> accountIds, Map<String, AccountState> accounts, String suffix) {
        reads.query(
                "SELECT account_id, seq, balance, held, hash, test_clock FROM account_balance WHERE account_id = ANY (?)"
                        + suffix,
                List.of(Column.text(accountIds)),
                row -> {
                    String accountId = row.getString(1);
                    accounts.put(
                            accountId,
                            new AccountState(
                                    accountId,
                                    row.getLong(2),
                                    new Credits(row.getLong(3)),
                                    new Credits(row.getLong(4)),
                                    row.getBytes(5),
                                    instant(row, 6)));
                });
    }

    /** What decisions need beyond the balance. To be read after it, in later statements: they see what others committed before the lock. */
    void loadOpenGrants(RoundTrip reads, Collection<String> accountIds, Map<String, AccountState> accounts) {
        reads.query(
                """
                SELECT account_id, grant_id, kind, credits, remaining, expires_at, seq
                FROM credit_grant WHERE account_id = ANY (?) AND open""",
                List.of(Column.text(accountIds)),
                row -> account(accounts, row.getString(1)).load(grant(row, 2)));
    }

    /** The postings that these keys have already, without their entries. */
    void findPostings(RoundTrip reads, Collection<Batch.Key> keys, List<Posting> found) {
        if (!keys.isEmpty()) {
            reads.query(
                    Postings.COLUMNS
                            + " FROM unnest(?::text[], ?::text[]) AS k (account_id, idempotency_key)"
                            // Key by key, however few postings there were when this was planned.
                            + " CROSS JOIN LATERAL (SELECT * FROM posting WHERE posting.account_id = k.account_id"
                            + " AND posting.idempotency_key = k.idempotency_key LIMIT 1) p",
                    List.of(Column.text(keys, Batch.Key::accountId), Column.text(keys, Batch.Key::idempotencyKey)),
                    row -> found.add(Postings.posting(row)));
        }
    }

    /** Loads the debits that reversals refer to, with what earlier reversals gave back and the grants that all of it came from. */
    void loadDebits(RoundTrip reads, Collection<Command.Reversal> reversals, Map<String, AccountState> accounts) {
        if (reversals.isEmpty()) {
            return;
        }
        Set<Map.Entry<String, UUID>> keys = new HashSet<>();
        reversals.forEach(reversal -> keys.add(Map.entry(reversal.accountId(), reversal.debitId())));
        reads.query(
                """
                SELECT d.account_id, d.posting_id, e.grant_id, -e.credits,
                       (SELECT coalesce(sum(back.credits), 0)
                        FROM posting r
                        JOIN entry back ON back.account_id = r.account_id AND back.posting_id = r.posting_id
                            AND back.seq BETWEEN r.first_seq AND r.first_seq + r.entries - 1
                        WHERE r.account_id = d.account_id AND r.reverses = d.posting_id AND back.grant_id = e.grant_id),
                       g.kind, g.credits, g.remaining, g.expires_at, g.seq,
                       d.action, d.quantity, d.workspace_id, d.project_id, d.test_id, d.run_id
                FROM unnest(?::text[], ?::uuid[]) AS k (account_id, posting_id)
                JOIN posting d ON d.account_id = k.account_id AND d.posting_id = k.posting_id AND d.kind = 'debit'
                LEFT JOIN entry e ON e.account_id = d.account_id AND e.seq BETWEEN d.first_seq AND d.first_seq + d.entries - 1
                LEFT JOIN credit_grant g ON g.account_id = e.account_id AND g.grant_id = e.grant_id
                ORDER BY d.account_id, d.posting_id, e.seq""",
                List.of(Column.text(keys, Map.Entry::getKey), Column.uuid(keys, Map.Entry::getValue)),
                row -> loadDebit(row, account(accounts, row.getString(1))));
    }

    private static void loadDebit(ResultSet row, AccountState account) throws SQLException {
        UUID debitId = row.getObject(2, UUID.class);
        UUID grantId = row.getObject(3, UUID.class);
        ReversibleDebit debit = account.reversible(debitId);
        List<ReversibleDebit.Share> shares = debit == null ? new ArrayList<>() : new ArrayList<>(debit.shares());
        if (grantId != null) {
            shares.add(new ReversibleDebit.Share(grantId, new Credits(row.getLong(4)), new Credits(row.getLong(5))));
            if (!account.knows(grantId)) {
                account.load(new OpenGrant(
                        grantId,
                        GrantKind.of(row.getString(6)),
                        new Credits(row.getLong(7)),
                        new Credits(row.getLong(8)),
                        instant(row, 9),
                        row.getLong(10)));
            }
        }
        account.load(new ReversibleDebit(debitId, Postings.purpose(row, 11), shares));
    }

    void write(RoundTrip writes, Batch batch) {
        Journal journal = batch.journal();
        List<AccountState> moved = batch.accounts().stream()
                .filter(account -> !account.changedGrants().isEmpty())
                .toList();
        if (!moved.isEmpty()) {
            writeGrants(writes, moved, journal);
        }
        if (!journal.postings().isEmpty()) {
            Postings.insert(writes, journal.postings());
        }
        List<AccountState> changed =
                batch.accounts().stream().filter(AccountState::isChanged).toList();
        if (!changed.isEmpty()) {
            writeBalances(writes, changed);
        }
        batch.accounts().stream().filter(AccountState::isAdvanced).forEach(account -> writeClock(writes, account));
    }

    /** A grant as the batch leaves it. */
    private record GrantRow(
            String accountId,
            OpenGrant grant,
            Instant createdAt,
            @Nullable String reference) {}

    /**
     * Opened ones are inserted; of all others only what remains is written. By their keys: an update that joins them could be planned, while
     * the table is small, to read all of it.
     */
    private static void writeGrants(RoundTrip writes, List<AccountState> accounts, Journal journal) {
        Map<UUID, Journal.Opened> opened = new HashMap<>();
        journal.opened().forEach(grant -> opened.put(grant.grantId(), grant));
        List<GrantRow> rows = new ArrayList<>();
        for (AccountState account : accounts) {
            for (OpenGrant grant : account.changedGrants()) {
                Journal.Opened fresh = opened.get(grant.grantId());
                rows.add(new GrantRow(
                        account.accountId(),
                        grant,
                        fresh == null ? journal.now() : fresh.at(),
                        fresh == null ? null : fresh.command().reference()));
            }
        }
        if (rows.size() == 1 && opened.isEmpty()) {
            // As most debits have it. Of one row there is nothing to plan wrongly, and PostgreSQL does it in half the
            // time.
            writes.write(
                    "UPDATE credit_grant SET remaining = ? WHERE account_id = ? AND grant_id = ?",
                    List.of(
                            Column.credits(rows, row -> row.grant.remaining()),
                            Column.text(rows, GrantRow::accountId),
                            Column.uuid(rows, row -> row.grant.grantId())),
                    1);
            return;
        }
        writes.write(
                """
                INSERT INTO credit_grant (account_id, grant_id, kind, credits, remaining, expires_at, created_at, seq, reference)
                SELECT * FROM unnest(?::text[], ?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[],
                                     ?::bigint[], ?::text[])
                ON CONFLICT (account_id, grant_id) DO UPDATE SET remaining = excluded.remaining""",
                List.of(
                        Column.text(rows, GrantRow::accountId),
                        Column.uuid(rows, row -> row.grant.grantId()),
                        Column.text(rows, row -> row.grant.kind().id()),
                        Column.credits(rows, row -> row.grant.credits()),
                        Column.credits(rows, row -> row.grant.remaining()),
                        Column.instant(rows, row -> row.grant.expiresAt()),
                        Column.instant(rows, GrantRow::createdAt),
                        Column.bigint(rows, row -> row.grant.seq()),
                        Column.text(rows, GrantRow::reference)),
                rows.size());
    }

    /** By their keys too; the accounts are locked, so each has its row. */
    private static void writeBalances(RoundTrip writes, List<AccountState> accounts) {
        writes.write(
                """
                INSERT INTO account_balance (account_id, seq, balance, held, hash)
                SELECT * FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[])
                ON CONFLICT (account_id) DO UPDATE SET
                    seq = excluded.seq, balance = excluded.balance, held = excluded.held, hash = excluded.hash""",
                List.of(
                        Column.text(accounts, AccountState::accountId),
                        Column.bigint(accounts, AccountState::seq),
                        Column.credits(accounts, AccountState::balance),
                        Column.credits(accounts, AccountState::held),
                        Column.bytes(accounts, AccountState::hash)),
                accounts.size());
    }

    /** By itself: of test clocks few are advanced at once, and no other write has to know the column. */
    private static void writeClock(RoundTrip writes, AccountState account) {
        List<AccountState> one = List.of(account);
        writes.write(
                "UPDATE account_balance SET test_clock = ? WHERE account_id = ?",
                List.of(Column.instant(one, AccountState::testClock), Column.text(one, AccountState::accountId)),
                1);
    }

    private static OpenGrant grant(ResultSet row, int from) throws SQLException {
        return new OpenGrant(
                row.getObject(from, UUID.class),
                GrantKind.of(row.getString(from + 1)),
                new Credits(row.getLong(from + 2)),
                new Credits(row.getLong(from + 3)),
                instant(row, from + 4),
                row.getLong(from + 5));
    }

    static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static AccountState account(Map<String, AccountState> accounts, String accountId) {
        AccountState account = accounts.get(accountId);
        if (account == null) {
            throw new IllegalStateException("A row of an account that was not loaded");
        }
        return account;
    }
}
