package ai.mavster.credits.budget;

import ai.mavster.credits.ledger.erasure.Eraser;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Whom to write to about budgets, which is under no checksum. */
@Singleton
class BudgetEmailEraser implements Eraser {

    private static final String PART = """
            UPDATE budget SET billing_email = NULL WHERE account_id = ? AND (scope, scope_id) IN (
                SELECT b.scope, b.scope_id FROM budget b WHERE b.account_id = ? AND b.billing_email IS NOT NULL LIMIT ?)""";

    @Override
    public Part begin(String accountId) {
        return connection -> erase(connection, accountId);
    }

    private static boolean erase(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PART)) {
            statement.setString(1, accountId);
            statement.setString(2, accountId);
            statement.setInt(3, MOST);
            return statement.executeUpdate() > 0;
        }
    }
}
