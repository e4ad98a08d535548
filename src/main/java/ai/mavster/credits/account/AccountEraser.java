package ai.mavster.credits.account;

import ai.mavster.credits.ledger.erasure.Eraser;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Name, mail and metadata of an account. */
@Singleton
class AccountEraser implements Eraser {

    private static final String UPDATE = """
            UPDATE account SET name = NULL, billing_email = NULL, metadata = NULL
            WHERE account_id = ? AND (name IS NOT NULL OR billing_email IS NOT NULL OR metadata IS NOT NULL)""";

    @Override
    public Part begin(String accountId) {
        return connection -> erase(connection, accountId);
    }

    private static boolean erase(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            statement.setString(1, accountId);
            statement.executeUpdate();
            return false;
        }
    }
}
