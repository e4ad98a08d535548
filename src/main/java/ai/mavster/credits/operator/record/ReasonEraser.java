package ai.mavster.credits.operator.record;

import ai.mavster.credits.ledger.erasure.Eraser;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Why operators did what they did for an account; that they did it stays. */
@Singleton
class ReasonEraser implements Eraser {

    private static final String PART = """
            UPDATE operator_action SET reason = NULL WHERE action_id IN (
                SELECT a.action_id FROM operator_action a WHERE a.account_id = ? AND a.reason IS NOT NULL
                ORDER BY a.action_id LIMIT ?)""";

    @Override
    public Part begin(String accountId) {
        return connection -> erase(connection, accountId);
    }

    private static boolean erase(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PART)) {
            statement.setString(1, accountId);
            statement.setInt(2, MOST);
            return statement.executeUpdate() == MOST;
        }
    }
}
