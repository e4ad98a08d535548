package ai.mavster.credits.event.delivery;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.event.EventId;
import ai.mavster.credits.event.Events;
import ai.mavster.credits.event.NewEvents;
import ai.mavster.credits.event.webhook.EndpointId;
import ai.mavster.credits.event.webhook.WebhookEndpoints;
import ai.mavster.credits.sql.Connections;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Has events delivered again, or for the first time, to endpoints that are enabled. */
@Singleton
public class Redelivery {

    /** So many events go into one transaction. */
    private static final int PART = 1_000;

    /** What is pending anyway is left as it is, but has its turn now. */
    private static final String AGAIN = """
            , noted AS (
                INSERT INTO webhook_delivery AS present (account_id, endpoint_id, sequence, status, created_at)
                SELECT account_id, endpoint_id, sequence, 'pending', ? FROM wanted ORDER BY 1, 2, 3
                ON CONFLICT (account_id, endpoint_id, sequence) DO UPDATE
                SET status = 'pending', tries = 0, finished_at = NULL WHERE present.status <> 'pending'),
            queued AS (
                INSERT INTO webhook_queue AS present (account_id, endpoint_id, due_at)
                SELECT DISTINCT account_id, endpoint_id, ?::timestamptz FROM wanted ORDER BY 1, 2
                ON CONFLICT (account_id, endpoint_id) DO UPDATE
                SET due_at = CASE WHEN present.claimed_by IS NULL THEN excluded.due_at ELSE present.due_at END)
            """;

    private static final String ONE = """
            WITH wanted AS (
                SELECT e.account_id, w.endpoint_id, e.sequence
                FROM event e JOIN webhook_endpoint w ON w.enabled
                WHERE e.event_id = ?
                  AND CASE WHEN ?::uuid IS NULL
                      THEN (w.account_id IS NULL OR w.account_id = e.account_id)
                           AND (cardinality(w.types) = 0 OR e.type = ANY (w.types))
                      ELSE w.endpoint_id = ? AND (w.account_id IS NULL OR w.account_id = e.account_id) END)
            """ + AGAIN + "SELECT count(*) FROM wanted";

    private static final String RANGE = """
            WITH part AS (
                SELECT * FROM event WHERE event_id > ? AND event_id < ? ORDER BY event_id LIMIT ?),
            wanted AS (
                SELECT p.account_id, w.endpoint_id, p.sequence
                FROM part p JOIN webhook_endpoint w ON w.endpoint_id = ? AND w.enabled
                WHERE (w.account_id IS NULL OR w.account_id = p.account_id)
                  AND (cardinality(w.types) = 0 OR p.type = ANY (w.types)))
            """ + AGAIN
            + "SELECT (SELECT count(*) FROM wanted), (SELECT event_id FROM part ORDER BY event_id DESC LIMIT 1)";

    private final Connections connections;
    private final Events events;
    private final WebhookEndpoints endpoints;
    private final NewEvents news;
    private final Clock clock;

    Redelivery(Connections connections, Events events, WebhookEndpoints endpoints, NewEvents news, Clock clock) {
        this.connections = connections;
        this.events = events;
        this.endpoints = endpoints;
        this.news = news;
        this.clock = clock;
    }

    /**
     * Has one event delivered again, at once.
     *
     * @param id as callers know it
     * @param endpoint likewise; null: to all that want it
     * @return how many endpoints get it
     * @throws RefusalException if there is no such event or endpoint
     */
    public long again(String id, @Nullable String endpoint) throws SQLException {
        UUID eventId = EventId.parse(id);
        if (eventId == null || !events.has(eventId)) {
            throw new RefusalException(Refusal.of(Refusal.Code.NOT_FOUND, "There is no event " + id + "."));
        }
        UUID endpointId = endpoint == null ? null : EndpointId.parse(endpoint);
        if (endpoint != null && (endpointId == null || !endpoints.has(endpointId))) {
            throw EndpointId.unknown(endpoint);
        }
        long deliveries = again(eventId, endpointId);
        news.happened();
        return deliveries;
    }

    /**
     * What came of a part of a range.
     *
     * @param deliveries how many were asked for
     * @param last the last event that was read; null: there was none
     */
    record Part(long deliveries, @Nullable UUID last) {}

    private long again(UUID eventId, @Nullable UUID endpointId) throws SQLException {
        return committed(ONE, statement -> {
                    statement.setObject(1, eventId);
                    statement.setObject(2, endpointId);
                    statement.setObject(3, endpointId);
                    return 4;
                })
                .deliveries();
    }

    /**
     * The next thousand of what was written within a time.
     *
     * @param after null: from the first
     */
    Part again(UUID endpointId, Instant from, Instant to, @Nullable UUID after) throws SQLException {
        return committed(RANGE, statement -> {
            statement.setObject(1, after == null ? UuidV7.first(from) : after);
            statement.setObject(2, UuidV7.first(to));
            statement.setInt(3, PART);
            statement.setObject(4, endpointId);
            return 5;
        });
    }

    private interface Parameters {
        int set(PreparedStatement statement) throws SQLException;
    }

    private Part committed(String sql, Parameters parameters) throws SQLException {
        Timestamp now = Timestamp.from(clock.instant());
        try (Connection connection = connections.afterCommit()) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int index = parameters.set(statement);
                statement.setTimestamp(index, now);
                statement.setTimestamp(index + 1, now);
                ResultSet row = statement.executeQuery();
                row.next();
                Part part = new Part(
                        row.getLong(1), row.getMetaData().getColumnCount() == 1 ? null : row.getObject(2, UUID.class));
                Connections.commit(connection);
                return part;
            } catch (SQLException | RuntimeException | Error e) {
                Connections.rollback(connection, e);
                throw e;
            }
        }
    }
}
