package ai.mavster.credits.ledger;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Texts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/** Accounts for tests that go to the ledger itself rather than over HTTP. */
public final class TestAccounts {

    /** Who asks for what tests ask of the ledger. */
    public static final Author AUTHOR = new Author(Author.Type.API_KEY, "key_of_a_test", "test");

    private TestAccounts() {}

    /** A top-up of this many credits. */
    public static Command.Grant topUp(String accountId, String key, Credits credits) {
        return new Command.Grant(accountId, key, GrantKind.TOP_UP, credits, null, null, false, Texts.NONE, AUTHOR);
    }

    /** Changes whose days count. */
    public static void changeTimeZone(DataSource database, String accountId, ZoneId zone) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            AccountOpening.changeTimeZone(connection, accountId, zone);
            connection.commit();
        }
    }

    /** An account that goes by the real time. */
    public static void open(DataSource database, String accountId, Instant at) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO account (account_id, created_at, updated_at) VALUES (?, ?, ?)")) {
            statement.setString(1, accountId);
            statement.setTimestamp(2, Timestamp.from(at));
            statement.setTimestamp(3, Timestamp.from(at));
            statement.executeUpdate();
            AccountOpening.open(connection, List.of(new AccountOpening(accountId, at, false, ZoneOffset.UTC)));
        }
    }
}
