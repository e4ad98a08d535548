package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
    Map<String, AccountState> lock(Connection connection, Collection<String> accountIds) throws SQLException {
        return balances(connection, accountIds, " ORDER BY account_id FOR UPDATE");
    }

    Map<String, AccountState> read(Connection connection, Collection<String> accountIds) throws SQLException {
        return balances(connection, accountIds, "");
    }

    private static Map<String, AccountState> balances(
            Connection connection, Collection<String> accountIds, String suffix) throws SQLException {
        Map<String, AccountState> accounts = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT account_id, seq, balance, held, hash FROM account_balance WHERE account_id = ANY (?)"
                        + suffix)) {
            statement.setArray(1, Columns.text(connection, accountIds));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                String accountId = row.getString(1);
                accounts.put(
                        accountId,
                        new AccountState(
                                accountId,
                                row.getLong(2),
                                new Credits(row.getLong(3)),
                                new Credits(row.getLong(4)),
                                row.getBytes(5)));
            }
        }
        return accounts;
    }

    /** Loads all that decisions need. To be called after {@link #lock}, in later statements: they see what others committed before it. */
    void loadOpenGrants(Connection connection, Map<String, AccountState> accounts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT account_id, grant_id, kind, credits, remaining, expires_at, seq
                FROM credit_grant WHERE account_id = ANY (?) AND open""")) {
            statement.setArray(1, Columns.text(connection, accounts.keySet()));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                account(accounts, row.getString(1)).load(grant(row, 2));
            }
        }
    }

    /** The postings that these keys have already. */
    Map<Batch.Key, Posting> findPostings(Connection connection, Collection<Batch.Key> keys) throws SQLException {
        Map<Batch.Key, Posting> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement(Postings.COLUMNS
                + " FROM unnest(?::text[], ?::text[]) AS k (account_id, idempotency_key)"
                + " JOIN posting p USING (account_id, idempotency_key)")) {
            statement.setArray(1, Columns.text(connection, keys, Batch.Key::accountId));
            statement.setArray(2, Columns.text(connection, keys, Batch.Key::idempotencyKey));
            for (Posting posting : Postings.read(connection, statement)) {
                found.put(new Batch.Key(posting.accountId(), String.valueOf(posting.idempotencyKey())), posting);
            }
        }
        return found;
    }

    /** Loads the debits that reversals refer to, with what earlier reversals gave back and the grants that all of it came from. */
    void loadDebits(Connection connection, Map<String, AccountState> accounts, Collection<Command.Reversal> reversals)
            throws SQLException {
        List<Command.Reversal> ofKnownAccounts = reversals.stream()
                .filter(reversal -> accounts.containsKey(reversal.accountId()))
                .toList();
        if (ofKnownAccounts.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT d.account_id, d.posting_id, e.grant_id, -e.credits,
                       (SELECT coalesce(sum(back.credits), 0)
                        FROM posting r
                        JOIN entry back ON back.account_id = r.account_id AND back.posting_id = r.posting_id
                            AND back.seq BETWEEN r.first_seq AND r.first_seq + r.entries - 1
                        WHERE r.account_id = d.account_id AND r.reverses = d.posting_id AND back.grant_id = e.grant_id),
                       g.kind, g.credits, g.remaining, g.expires_at, g.seq
                FROM unnest(?::text[], ?::uuid[]) AS k (account_id, posting_id)
                JOIN posting d ON d.account_id = k.account_id AND d.posting_id = k.posting_id AND d.kind = 'debit'
                LEFT JOIN entry e ON e.account_id = d.account_id AND e.seq BETWEEN d.first_seq AND d.first_seq + d.entries - 1
                LEFT JOIN credit_grant g ON g.account_id = e.account_id AND g.grant_id = e.grant_id
                ORDER BY d.account_id, d.posting_id, e.seq""")) {
            Set<Map.Entry<String, UUID>> keys = new HashSet<>();
            ofKnownAccounts.forEach(reversal -> keys.add(Map.entry(reversal.accountId(), reversal.debitId())));
            statement.setArray(1, Columns.text(connection, keys, Map.Entry::getKey));
            statement.setArray(2, Columns.uuid(connection, keys, Map.Entry::getValue));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                AccountState account = account(accounts, row.getString(1));
                UUID debitId = row.getObject(2, UUID.class);
                UUID grantId = row.getObject(3, UUID.class);
                ReversibleDebit debit = account.reversible(debitId);
                List<ReversibleDebit.Share> shares =
                        debit == null ? new ArrayList<>() : new ArrayList<>(debit.shares());
                if (grantId != null) {
                    shares.add(new ReversibleDebit.Share(
                            grantId, new Credits(row.getLong(4)), new Credits(row.getLong(5))));
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
                account.load(new ReversibleDebit(debitId, shares));
            }
        }
    }

    void write(Connection connection, Batch batch) throws SQLException {
        Journal journal = batch.journal();
        if (journal.postings().isEmpty()) {
            return;
        }
        insertGrants(connection, journal.opened());
        Postings.insert(connection, journal.postings());
        List<AccountState> moved = batch.accounts().stream()
                .filter(account -> !account.changedGrants().isEmpty())
                .toList();
        if (!moved.isEmpty()) {
            updateGrants(connection, moved, journal.opened());
            updateBalances(connection, moved);
        }
    }

    private static void insertGrants(Connection connection, List<Journal.Opened> opened) throws SQLException {
        if (opened.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO credit_grant (account_id, grant_id, kind, credits, remaining, expires_at, created_at, seq, reference)
                SELECT * FROM unnest(?::text[], ?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[],
                                     ?::bigint[], ?::text[])""")) {
            statement.setArray(
                    1, Columns.text(connection, opened, o -> o.command().accountId()));
            statement.setArray(2, Columns.uuid(connection, opened, Journal.Opened::grantId));
            statement.setArray(
                    3, Columns.text(connection, opened, o -> o.command().kind().id()));
            statement.setArray(
                    4,
                    Columns.bigint(
                            connection, opened, o -> o.command().credits().millionths()));
            statement.setArray(
                    5, Columns.bigint(connection, opened, o -> o.remaining().millionths()));
            statement.setArray(
                    6, Columns.instant(connection, opened, o -> o.command().expiresAt()));
            statement.setArray(7, Columns.instant(connection, opened, Journal.Opened::createdAt));
            statement.setArray(8, Columns.bigint(connection, opened, Journal.Opened::seq));
            statement.setArray(
                    9, Columns.text(connection, opened, o -> o.command().reference()));
            statement.executeUpdate();
        }
    }

    private record Change(String accountId, OpenGrant grant) {}

    private static void updateGrants(Connection connection, List<AccountState> accounts, List<Journal.Opened> opened)
            throws SQLException {
        Set<UUID> inserted = new HashSet<>();
        opened.forEach(grant -> inserted.add(grant.grantId()));
        List<Change> changes = new ArrayList<>();
        for (AccountState account : accounts) {
            for (OpenGrant grant : account.changedGrants()) {
                if (!inserted.contains(grant.grantId())) {
                    changes.add(new Change(account.accountId(), grant));
                }
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE credit_grant g SET remaining = c.remaining
                FROM unnest(?::text[], ?::uuid[], ?::bigint[]) AS c (account_id, grant_id, remaining)
                WHERE g.account_id = c.account_id AND g.grant_id = c.grant_id""")) {
            statement.setArray(1, Columns.text(connection, changes, Change::accountId));
            statement.setArray(
                    2,
                    Columns.uuid(connection, changes, change -> change.grant().grantId()));
            statement.setArray(
                    3,
                    Columns.bigint(
                            connection,
                            changes,
                            change -> change.grant().remaining().millionths()));
            expect(changes.size(), statement.executeUpdate(), "credit_grant");
        }
    }

    private static void updateBalances(Connection connection, List<AccountState> accounts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE account_balance b SET seq = c.seq, balance = c.balance, held = c.held, hash = c.hash
                FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[]) AS c (account_id, seq, balance, held, hash)
                WHERE b.account_id = c.account_id""")) {
            statement.setArray(1, Columns.text(connection, accounts, AccountState::accountId));
            statement.setArray(2, Columns.bigint(connection, accounts, AccountState::seq));
            statement.setArray(
                    3,
                    Columns.bigint(
                            connection, accounts, account -> account.balance().millionths()));
            statement.setArray(
                    4,
                    Columns.bigint(
                            connection, accounts, account -> account.held().millionths()));
            statement.setArray(5, Columns.bytes(connection, accounts, AccountState::hash));
            expect(accounts.size(), statement.executeUpdate(), "account_balance");
        }
    }

    private static void expect(int rows, int updated, String table) {
        if (rows != updated) {
            throw new IllegalStateException("%d of %d rows of %s were updated".formatted(updated, rows, table));
        }
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
