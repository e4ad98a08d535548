package ai.mavster.credits.event.delivery;

import ai.mavster.credits.ledger.erasure.Eraser;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What receivers have answered to an account's deliveries; and where the account's own endpoints listen, and what they
 * are called: they are deleted by that.
 */
@Singleton
class WebhookEraser implements Eraser {

    /** By the key of the deliveries, so that none is read twice. */
    private static final String ANSWERS = """
            WITH part AS (
                SELECT endpoint_id, sequence FROM webhook_delivery
                WHERE account_id = ? AND (sequence, endpoint_id) > (?, ?::uuid)
                ORDER BY sequence, endpoint_id LIMIT ?),
            erased AS (
                UPDATE webhook_attempt a SET answer = NULL FROM part p
                WHERE a.account_id = ? AND a.endpoint_id = p.endpoint_id AND a.sequence = p.sequence AND a.answer IS NOT NULL)
            SELECT sequence, endpoint_id FROM part ORDER BY sequence DESC, endpoint_id DESC LIMIT 1""";

    private static final String ENDPOINTS = """
            UPDATE webhook_endpoint
            SET enabled = false, disabled_at = coalesce(disabled_at, ?), disabled_reason = coalesce(disabled_reason, 'request'),
                deleted_at = coalesce(deleted_at, ?), url = '', name = NULL
            WHERE account_id = ? AND (url <> '' OR name IS NOT NULL)""";

    private final Clock clock;

    WebhookEraser(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Part begin(String accountId) {
        return new Part() {
            private long sequence;
            private String endpointId = "00000000-0000-0000-0000-000000000000";

            @Override
            public boolean erase(Connection connection) throws SQLException {
                if (sequence == 0) {
                    endpoints(connection, accountId);
                }
                Reached reached = answers(connection, accountId, sequence, endpointId);
                if (reached != null) {
                    sequence = reached.sequence;
                    endpointId = reached.endpointId;
                }
                return reached != null;
            }
        };
    }

    private record Reached(long sequence, String endpointId) {}

    private void endpoints(Connection connection, String accountId) throws SQLException {
        Timestamp now = Timestamp.from(clock.instant());
        try (PreparedStatement statement = connection.prepareStatement(ENDPOINTS)) {
            statement.setTimestamp(1, now);
            statement.setTimestamp(2, now);
            statement.setString(3, accountId);
            statement.executeUpdate();
        }
    }

    private static @Nullable Reached answers(Connection connection, String accountId, long sequence, String endpointId)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ANSWERS)) {
            statement.setString(1, accountId);
            statement.setLong(2, sequence);
            statement.setString(3, endpointId);
            statement.setInt(4, MOST);
            statement.setString(5, accountId);
            ResultSet row = statement.executeQuery();
            return row.next() ? new Reached(row.getLong(1), row.getString(2)) : null;
        }
    }
}
