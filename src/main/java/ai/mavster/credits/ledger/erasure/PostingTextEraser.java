package ai.mavster.credits.ledger.erasure;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** References, notes and metadata of postings. */
@Singleton
class PostingTextEraser implements Eraser {

    private static final String DELETE = """
            DELETE FROM posting_text WHERE account_id = ? AND posting_id IN (
                SELECT t.posting_id FROM posting_text t WHERE t.account_id = ? ORDER BY t.posting_id LIMIT ?)""";

    @Override
    public Part begin(String accountId) {
        return connection -> erase(connection, accountId);
    }

    private static boolean erase(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, accountId);
            statement.setString(2, accountId);
            statement.setInt(3, MOST);
            return statement.executeUpdate() == MOST;
        }
    }
}
