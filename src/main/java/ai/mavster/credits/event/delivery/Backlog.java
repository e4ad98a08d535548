package ai.mavster.credits.event.delivery;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is waiting in the whole database. Each is counted up to ten thousand, so that counting costs the same however
 * much that is.
 *
 * @param events that were not handed on yet
 * @param oldestEvent how long ago it was written; zero: there is none
 * @param deliveries pending ones to endpoints that are enabled
 * @param oldestDelivery how long it has been pending; zero: none is
 */
record Backlog(long events, Duration oldestEvent, long deliveries, Duration oldestDelivery) {

    private static final int MILLISECONDS_AT = 16;

    private static final String EVENTS = """
            SELECT count(*), (array_agg(event_id ORDER BY event_id))[1]
            FROM (SELECT event_id FROM event WHERE NOT dispatched LIMIT 10000) e""";

    private static final String DELIVERIES = """
            SELECT count(*), min(created_at)
            FROM (SELECT d.created_at FROM webhook_endpoint w
                  CROSS JOIN LATERAL (SELECT created_at FROM webhook_delivery
                                      WHERE webhook_delivery.endpoint_id = w.endpoint_id
                                        AND webhook_delivery.status = 'pending'
                                      ORDER BY webhook_delivery.created_at LIMIT 10000) d
                  WHERE w.enabled LIMIT 10000) d""";

    static Backlog read(Connection connection, Instant now) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet events = statement.executeQuery(EVENTS);
            events.next();
            long countOfEvents = events.getLong(1);
            UUID oldest = events.getObject(2, UUID.class);
            Instant written =
                    oldest == null ? null : Instant.ofEpochMilli(oldest.getMostSignificantBits() >>> MILLISECONDS_AT);
            ResultSet deliveries = statement.executeQuery(DELIVERIES);
            deliveries.next();
            Timestamp since = deliveries.getTimestamp(2);
            return new Backlog(
                    countOfEvents,
                    age(written, now),
                    deliveries.getLong(1),
                    age(since == null ? null : since.toInstant(), now));
        }
    }

    private static Duration age(@Nullable Instant since, Instant now) {
        return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }
}
