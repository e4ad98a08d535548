package ai.mavster.credits.event.delivery;

import ai.mavster.credits.UuidV7;
import ai.mavster.credits.sql.Connections;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Takes away what is older than events are kept, with what became of its deliveries, and endpoints that were deleted
 * with theirs: part by part, each in a transaction of its own. Safe with several processes.
 */
@Singleton
class EventRetention {

    private static final Logger LOG = Logger.getLogger(EventRetention.class);

    /** Of so many events, or deliveries. */
    private static final int PART = 500;

    /** One that was not handed on yet stays until it is. */
    private static final String OLD_EVENTS = """
            WITH old AS (
                SELECT account_id, sequence FROM event WHERE event_id < ? AND dispatched
                ORDER BY event_id LIMIT ? FOR UPDATE SKIP LOCKED),
            attempts AS (
                DELETE FROM webhook_attempt a USING old WHERE a.account_id = old.account_id AND a.endpoint_id IN (
                    SELECT d.endpoint_id FROM webhook_delivery d
                    WHERE d.account_id = old.account_id AND d.sequence = old.sequence) AND a.sequence = old.sequence),
            deliveries AS (
                DELETE FROM webhook_delivery d USING old WHERE d.account_id = old.account_id AND d.sequence = old.sequence)
            DELETE FROM event e USING old WHERE e.account_id = old.account_id AND e.sequence = old.sequence""";

    private static final String OF_DELETED_ENDPOINTS = """
            WITH old AS (
                SELECT d.account_id, d.endpoint_id, d.sequence
                FROM webhook_endpoint w
                CROSS JOIN LATERAL (SELECT * FROM webhook_delivery WHERE webhook_delivery.endpoint_id = w.endpoint_id
                                    ORDER BY webhook_delivery.created_at LIMIT ?) d
                WHERE w.deleted_at IS NOT NULL LIMIT ?),
            attempts AS (
                DELETE FROM webhook_attempt a USING old
                WHERE a.account_id = old.account_id AND a.endpoint_id = old.endpoint_id AND a.sequence = old.sequence)
            DELETE FROM webhook_delivery d USING old
            WHERE d.account_id = old.account_id AND d.endpoint_id = old.endpoint_id AND d.sequence = old.sequence""";

    private static final String QUEUES = """
            WITH old AS (
                SELECT q.account_id, q.endpoint_id
                FROM webhook_endpoint w
                CROSS JOIN LATERAL (SELECT * FROM webhook_queue WHERE webhook_queue.endpoint_id = w.endpoint_id LIMIT ?) q
                WHERE w.deleted_at IS NOT NULL LIMIT ?)
            DELETE FROM webhook_queue q USING old WHERE q.account_id = old.account_id AND q.endpoint_id = old.endpoint_id""";

    private static final String ENDPOINTS = """
            DELETE FROM webhook_endpoint w
            WHERE w.deleted_at IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.endpoint_id = w.endpoint_id)
              AND NOT EXISTS (SELECT 1 FROM webhook_queue q WHERE q.endpoint_id = w.endpoint_id)""";

    private final Connections connections;
    private final Clock clock;
    private final Duration kept;

    EventRetention(Connections connections, Clock clock, @ConfigProperty(name = "credits.events.kept") Duration kept) {
        this.connections = connections;
        this.clock = clock;
        this.kept = kept;
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    @Scheduled(every = "{credits.events.purge-every}", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try {
            UUID oldest = UuidV7.first(clock.instant().minus(kept));
            long events = all(OLD_EVENTS, statement -> {
                statement.setObject(1, oldest);
                statement.setInt(2, PART);
            });
            all(OF_DELETED_ENDPOINTS, EventRetention::twice);
            all(QUEUES, EventRetention::twice);
            part(ENDPOINTS, statement -> {});
            if (events > 0) {
                LOG.infof("%d events have left that were older than %s", events, kept);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("The next run goes on with what is to leave: %s", e.getMessage());
        }
    }

    private static void twice(PreparedStatement statement) throws SQLException {
        statement.setInt(1, PART);
        statement.setInt(2, PART);
    }

    private long all(String sql, Parameters parameters) throws SQLException {
        long left = 0;
        int part;
        do {
            part = part(sql, parameters);
            left += part;
        } while (part > 0);
        return left;
    }

    private int part(String sql, Parameters parameters) throws SQLException {
        try (Connection connection = connections.afterCommit()) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                parameters.set(statement);
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
