package ai.mavster.credits.alert.mail;

import ai.mavster.credits.ledger.erasure.Eraser;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Addresses that an account's mail went to, and what waits to be sent there. */
@Singleton
class MailEraser implements Eraser {

    private static final String MAIL = """
            DELETE FROM mail WHERE account_id = ? AND (address, mail_id) IN (
                SELECT m.address, m.mail_id FROM mail m WHERE m.account_id = ? ORDER BY m.address, m.mail_id LIMIT ?)""";

    private static final String MAILBOX = """
            DELETE FROM mailbox WHERE account_id = ? AND address IN (
                SELECT m.address FROM mailbox m WHERE m.account_id = ? ORDER BY m.address LIMIT ?)""";

    @Override
    public Part begin(String accountId) {
        return connection -> {
            int mails = delete(connection, MAIL, accountId);
            return delete(connection, MAILBOX, accountId) == MOST || mails == MOST;
        };
    }

    private static int delete(Connection connection, String sql, String accountId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, accountId);
            statement.setString(2, accountId);
            statement.setInt(3, MOST);
            return statement.executeUpdate();
        }
    }
}
