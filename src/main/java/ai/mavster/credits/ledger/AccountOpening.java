package ai.mavster.credits.ledger;

import ai.mavster.credits.ledger.posting.HashChain;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What the ledger has to know of a new account.
 *
 * @param at when it is opened
 * @param onTestClock whether it has a clock of its own, which stands there until it is set forward
 * @param timeZone whose days count
 */
public record AccountOpening(String accountId, Instant at, boolean onTestClock, ZoneId timeZone) {

    private static final Table<AccountOpening> BALANCE = Table.<AccountOpening>named("account_balance")
            .key(Column.text("account_id", AccountOpening::accountId))
            .column(Column.bigint("seq", opening -> 0))
            .column(Column.bigint("balance", opening -> 0))
            .column(Column.bigint("held", opening -> 0))
            .column(Column.bytes("hash", opening -> HashChain.genesis()))
            .column(Column.instant("as_of", AccountOpening::at))
            .column(Column.bool("on_test_clock", AccountOpening::onTestClock))
            .column(Column.text("time_zone", opening -> opening.timeZone().getId()))
            .declared();

    /** Gives accounts their balance rows, within the caller's transaction; those that have one keep it. */
    public static void open(Connection connection, List<AccountOpening> openings) throws SQLException {
        RoundTrip writes = RoundTrip.ofAnyAccounts();
        BALANCE.insertMissing(writes, openings);
        writes.run(connection);
    }

    /** Changes whose days count, under the account's lock, within the caller's transaction. */
    public static void changeTimeZone(Connection connection, String accountId, ZoneId timeZone) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE account_balance SET time_zone = ? WHERE account_id = ?")) {
            statement.setString(1, timeZone.getId());
            statement.setString(2, accountId);
            statement.executeUpdate();
        }
    }
}
