package ai.mavster.credits.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/** Accounts for tests that go to the ledger itself rather than over HTTP. */
public final class TestAccounts {

    private TestAccounts() {}

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
