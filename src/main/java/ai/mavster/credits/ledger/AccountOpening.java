package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.erasure.Ending;
import ai.mavster.credits.ledger.posting.HashChain;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.sql.RoundTrip;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the ledger has to know of a new account.
 *
 * @param at when it is opened
 * @param onTestClock whether it has a clock of its own, which stands there until it is set forward
 * @param timeZone whose days count
 */
public record AccountOpening(String accountId, Instant at, boolean onTestClock, ZoneId timeZone) {

    /** Gives accounts their balance rows, within the caller's transaction; those that have one keep it. */
    public static void open(Connection connection, List<AccountOpening> openings) throws SQLException {
        RoundTrip writes = RoundTrip.ofAnyAccounts();
        BalanceTable.balance()
                .insertMissing(
                        writes, openings.stream().map(AccountOpening::state).toList());
        writes.run(connection);
    }

    private AccountState state() {
        return new AccountState(
                accountId,
                0,
                Credits.ZERO,
                Credits.ZERO,
                Credits.ZERO,
                HashChain.genesis(),
                at,
                onTestClock,
                timeZone.getId(),
                Ending.none(Salt.random()));
    }

    /**
     * Locks an account until the end of the caller's transaction: what it changes of the account beside the ledger is
     * not changed once that is closed.
     *
     * @return since when it is closed; empty: it is not
     */
    public static Optional<Instant> lock(Connection connection, String accountId) throws SQLException {
        return Optional.ofNullable(locked(connection, accountId).closedAt());
    }

    private static AccountState locked(Connection connection, String accountId) throws SQLException {
        RoundTrip lock = RoundTrip.ofOneAccount(accountId);
        Map<String, AccountState> accounts = new HashMap<>();
        BalanceTable.lock(lock, List.of(accountId), BatchTransaction.Locking.WAIT, accounts);
        lock.run(connection);
        return Objects.requireNonNull(accounts.get(accountId));
    }

    /** Changes whose days count, under the account's lock, within the caller's transaction. */
    public static void changeTimeZone(Connection connection, String accountId, ZoneId timeZone) throws SQLException {
        AccountState changed = locked(connection, accountId).inTimeZone(timeZone);
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE account_balance SET time_zone = ?, checksum = ? WHERE account_id = ?")) {
            statement.setString(1, changed.timeZone());
            statement.setLong(2, BalanceTable.balance().checksum(changed));
            statement.setString(3, accountId);
            statement.executeUpdate();
        }
    }
}
