package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.sql.Connections;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Takes away events that were processed or ignored long ago: part by part. Safe with several processes. */
@Singleton
class InboxRetention {

    private static final Logger LOG = Logger.getLogger(InboxRetention.class);

    private static final int PART = 500;

    private static final String OLD = """
            WITH old AS (
                SELECT event_id, provider FROM provider_event
                WHERE processed_at < ? AND status IN ('processed', 'ignored')
                ORDER BY processed_at LIMIT ? FOR UPDATE SKIP LOCKED)
            DELETE FROM provider_event e USING old WHERE e.event_id = old.event_id AND e.provider = old.provider""";

    private final Connections connections;
    private final InboxSettings settings;
    private final Clock clock;

    InboxRetention(Connections connections, InboxSettings settings, Clock clock) {
        this.connections = connections;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(
            every = "{credits.payment-events.purge-every}",
            delayed = "10s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try {
            Instant before = clock.instant().minus(settings.kept());
            int part;
            do {
                part = part(before);
            } while (part > 0);
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("The next run goes on with the payment events that are to leave: %s", e.getMessage());
        }
    }

    private int part(Instant before) throws SQLException {
        try (Connection connection = connections.afterCommit()) {
            try (PreparedStatement statement = connection.prepareStatement(OLD)) {
                statement.setTimestamp(1, Timestamp.from(before));
                statement.setInt(2, PART);
                int rows = statement.executeUpdate();
                Connections.commit(connection);
                return rows;
            } catch (SQLException | RuntimeException | Error e) {
                Connections.rollback(connection, e);
                throw e;
            }
        }
    }
}
