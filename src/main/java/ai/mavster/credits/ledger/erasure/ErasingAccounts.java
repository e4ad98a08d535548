package ai.mavster.credits.ledger.erasure;

import ai.mavster.credits.sql.Connections;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which accounts have texts that are to be erased. */
@Singleton
public class ErasingAccounts {

    private static final String SELECT = """
            SELECT account_id FROM account_balance WHERE erasing AND salt IS NOT NULL ORDER BY account_id LIMIT 1000""";

    private final Connections connections;

    ErasingAccounts(Connections connections) {
        this.connections = connections;
    }

    /** The first thousand of them. */
    public List<String> first() throws SQLException {
        try (Connection connection = connections.open();
                PreparedStatement statement = connection.prepareStatement(SELECT)) {
            List<String> accountIds = new ArrayList<>();
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                accountIds.add(row.getString(1));
            }
            connection.rollback();
            return accountIds;
        }
    }
}
