package ai.mavster.credits.portal.session;

import ai.mavster.credits.ledger.erasure.Eraser;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The sessions of an account: who has its page open is signed out, and where they came from is gone. */
@Singleton
class SessionEraser implements Eraser {

    private static final String PART = """
            DELETE FROM portal_session WHERE account_id = ? AND session_id IN (
                SELECT s.session_id FROM portal_session s WHERE s.account_id = ? ORDER BY s.session_id LIMIT ?)""";

    @Override
    public Part begin(String accountId) {
        return connection -> erase(connection, accountId);
    }

    private static boolean erase(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PART)) {
            statement.setString(1, accountId);
            statement.setString(2, accountId);
            statement.setInt(3, MOST);
            return statement.executeUpdate() == MOST;
        }
    }
}
