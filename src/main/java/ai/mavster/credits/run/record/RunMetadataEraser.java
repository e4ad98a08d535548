package ai.mavster.credits.run.record;

import ai.mavster.credits.ledger.erasure.Eraser;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What callers noted beside runs, which is under no checksum. */
@Singleton
class RunMetadataEraser implements Eraser {

    /** By the key of the runs, so that none is read twice. */
    private static final String PART = """
            WITH part AS (SELECT r.run_id, r.metadata FROM run r WHERE r.account_id = ? AND r.run_id > ?
                          ORDER BY r.run_id LIMIT ?),
            erased AS (UPDATE run SET metadata = NULL WHERE account_id = ? AND metadata IS NOT NULL
                       AND run_id IN (SELECT p.run_id FROM part p WHERE p.metadata IS NOT NULL))
            SELECT max(run_id) FROM part""";

    @Override
    public Part begin(String accountId) {
        return new Part() {
            private String last = "";

            @Override
            public boolean erase(Connection connection) throws SQLException {
                String reached = part(connection, accountId, last);
                last = reached == null ? last : reached;
                return reached != null;
            }
        };
    }

    private static @Nullable String part(Connection connection, String accountId, String after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PART)) {
            statement.setString(1, accountId);
            statement.setString(2, after);
            statement.setInt(3, MOST);
            statement.setString(4, accountId);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getString(1);
        }
    }
}
