package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.sql.Connections;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where providers' events are received. */
@Singleton
public class Inbox {

    private static final String RECORD = """
            INSERT INTO provider_event (event_id, provider, type, object_id, created_at, received_at, status, attempts,
                                        due_at, processed_at, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)
            ON CONFLICT (event_id, provider) DO NOTHING""";

    /** A claim is left as it is: who has it looks for what has come meanwhile. */
    static final String MAKE_DUE = """
            INSERT INTO provider_object AS present (provider, object_id, due_at) VALUES (?, ?, ?)
            ON CONFLICT (provider, object_id) DO UPDATE
            SET due_at = CASE WHEN present.claimed_by IS NULL THEN LEAST(present.due_at, excluded.due_at)
                              ELSE present.due_at END""";

    private final Connections connections;
    private final News news;
    private final Clock clock;

    Inbox(Connections connections, News news, Clock clock) {
        this.connections = connections;
        this.news = news;
        this.clock = clock;
    }

    /**
     * Records an event, unless it was before; once this returns it is processed, whatever becomes of this process.
     * Blocks.
     *
     * @return whether it is new
     * @throws SQLException if it could not be recorded: the provider has to send it again
     */
    public boolean receive(ReceivedEvent event) throws SQLException {
        Instant now = clock.instant();
        try (Connection connection = connections.afterCommit()) {
            try {
                boolean isNew = record(connection, event, now);
                if (isNew && event.ignored() == null) {
                    makeDue(connection, event.provider().id(), event.objectId(), now);
                }
                Connections.commit(connection);
                news.happened();
                return isNew;
            } catch (SQLException | RuntimeException | Error e) {
                Connections.rollback(connection, e);
                throw e;
            }
        }
    }

    private static boolean record(Connection connection, ReceivedEvent event, Instant now) throws SQLException {
        boolean ignored = event.ignored() != null;
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            statement.setString(1, event.eventId());
            statement.setString(2, event.provider().id());
            statement.setString(3, event.type());
            statement.setString(4, event.objectId());
            statement.setTimestamp(5, Timestamp.from(event.createdAt()));
            statement.setTimestamp(6, Timestamp.from(now));
            statement.setString(7, (ignored ? EventStatus.IGNORED : EventStatus.RECEIVED).id());
            statement.setTimestamp(8, timestamp(ignored ? null : now));
            statement.setTimestamp(9, timestamp(ignored ? now : null));
            statement.setString(10, event.ignored());
            return statement.executeUpdate() > 0;
        }
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    static void makeDue(Connection connection, String provider, String objectId, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAKE_DUE)) {
            statement.setString(1, provider);
            statement.setString(2, objectId);
            statement.setTimestamp(3, Timestamp.from(at));
            statement.executeUpdate();
        }
    }
}
