package ai.mavster.credits.event.delivery;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.event.EventId;
import ai.mavster.credits.event.delivery.DeliveryAnswer.AttemptAnswer;
import ai.mavster.credits.event.delivery.DeliveryAnswer.Status;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.Row;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what became of deliveries. */
@Singleton
class DeliveryRepository {

    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    /** Each delivery once for each of its attempts, or once if there was none. */
    private static final String NEWEST = """
            SELECT d.account_id, d.sequence, d.status, d.attempts, d.created_at, d.finished_at, e.event_id, e.type,
                   a.attempt, a.at, a.milliseconds, a.status, a.failure, a.answer
            FROM (SELECT * FROM webhook_delivery
                  WHERE endpoint_id = ? AND (created_at, account_id, sequence) < (?, ?, ?) AND (?::text IS NULL OR status = ?)
                  ORDER BY created_at DESC, account_id DESC, sequence DESC LIMIT ?) d
            JOIN event e ON e.account_id = d.account_id AND e.sequence = d.sequence
            LEFT JOIN webhook_attempt a
                ON a.account_id = d.account_id AND a.endpoint_id = d.endpoint_id AND a.sequence = d.sequence
            ORDER BY d.created_at DESC, d.account_id DESC, d.sequence DESC, a.attempt DESC""";

    /** Of each delivery its last attempt. */
    private static final String OF_EVENTS = """
            SELECT d.sequence, w.name, w.url, w.enabled, d.status, d.attempts, d.finished_at, a.status, a.failure
            FROM webhook_delivery d JOIN webhook_endpoint w ON w.endpoint_id = d.endpoint_id
            LEFT JOIN LATERAL (
                SELECT status, failure FROM webhook_attempt
                WHERE webhook_attempt.account_id = d.account_id AND webhook_attempt.endpoint_id = d.endpoint_id
                  AND webhook_attempt.sequence = d.sequence
                ORDER BY attempt DESC LIMIT 1) a ON true
            WHERE d.account_id = ? AND d.sequence BETWEEN ? AND ?
            ORDER BY d.sequence DESC, d.endpoint_id LIMIT 1000""";

    private final Connections connections;

    DeliveryRepository(Connections connections) {
        this.connections = connections;
    }

    /** A delivery's place among those to its endpoint. */
    record Place(Instant createdAt, String accountId, long sequence) {}

    /**
     * @param status null: wherever they stand
     * @param before null: from the newest
     */
    List<DeliveryAnswer> newest(UUID endpointId, @Nullable Status status, @Nullable Place before, int limit)
            throws SQLException {
        try (Connection connection = connections.longRead();
                PreparedStatement statement = connection.prepareStatement(NEWEST)) {
            statement.setObject(1, endpointId);
            statement.setTimestamp(2, Timestamp.from(before == null ? END : before.createdAt));
            statement.setString(3, before == null ? "" : before.accountId);
            statement.setLong(4, before == null ? 0 : before.sequence);
            statement.setString(5, status == null ? null : EnumId.of(status));
            statement.setString(6, status == null ? null : EnumId.of(status));
            statement.setInt(7, limit);
            return answers(new Row(statement.executeQuery()));
        }
    }

    /** Those of an account's events from one number to another. */
    List<Deliveries.OfEvent> ofEvents(String accountId, long first, long last) throws SQLException {
        try (Connection connection = connections.longRead();
                PreparedStatement statement = connection.prepareStatement(OF_EVENTS)) {
            statement.setString(1, accountId);
            statement.setLong(2, first);
            statement.setLong(3, last);
            Row row = new Row(statement.executeQuery());
            List<Deliveries.OfEvent> deliveries = new ArrayList<>();
            while (row.next()) {
                deliveries.add(new Deliveries.OfEvent(
                        row.bigint(),
                        row.textOrNull(),
                        row.text(),
                        row.bool(),
                        row.text(),
                        row.integer(),
                        row.instantOrNull(),
                        row.integerOrNull(),
                        row.textOrNull()));
            }
            return deliveries;
        }
    }

    private static List<DeliveryAnswer> answers(Row row) throws SQLException {
        List<DeliveryAnswer> answers = new ArrayList<>();
        while (row.next()) {
            DeliveryAnswer next = answer(row);
            DeliveryAnswer last = answers.isEmpty() ? next : answers.get(answers.size() - 1);
            if (answers.isEmpty() || !last.eventId().equals(next.eventId())) {
                last = next;
                answers.add(next);
            }
            Integer attempt = row.integerOrNull();
            if (attempt != null) {
                last.lastAttempts().add(attempt(attempt, row));
            }
        }
        return answers;
    }

    private static DeliveryAnswer answer(Row row) throws SQLException {
        String accountId = row.text();
        long sequence = row.bigint();
        Status status = EnumId.parse(Status.class, row.text());
        int attempts = row.integer();
        Instant createdAt = row.instant();
        Instant finishedAt = row.instantOrNull();
        return new DeliveryAnswer(
                EventId.of(row.uuid()),
                row.text(),
                accountId,
                sequence,
                status,
                attempts,
                createdAt,
                finishedAt,
                new ArrayList<>());
    }

    private static AttemptAnswer attempt(int number, Row row) throws SQLException {
        Instant at = row.instant();
        int milliseconds = row.integer();
        Integer status = row.integerOrNull();
        String failure = row.textOrNull();
        return new AttemptAnswer(
                number,
                at,
                milliseconds,
                status,
                failure == null ? null : EnumId.parse(Attempt.Failure.class, failure),
                row.textOrNull());
    }
}
