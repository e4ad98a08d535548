package ai.mavster.credits.event.delivery;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.event.delivery.Pending.Claim;
import ai.mavster.credits.event.webhook.WebhookSettings;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Writes down how attempts ended: of the delivery, and what it says about the endpoint. */
@Singleton
class AttemptLog {

    private static final Logger LOG = Logger.getLogger(AttemptLog.class);

    /** So many of a delivery's attempts are kept. */
    private static final int KEPT = 10;

    /** That an endpoint does well is noted so often at most: all its deliveries would otherwise wait for one row. */
    private static final Duration NOTED_EVERY = Duration.ofSeconds(10);

    private static final String ATTEMPT = """
            INSERT INTO webhook_attempt (account_id, endpoint_id, sequence, attempt, at, milliseconds, status, failure, answer)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String OLD_ATTEMPTS = """
            DELETE FROM webhook_attempt WHERE account_id = ? AND endpoint_id = ? AND sequence = ? AND attempt <= ?""";

    private static final String DELIVERY = """
            UPDATE webhook_delivery SET status = ?, attempts = ?, tries = ?, finished_at = ?
            WHERE account_id = ? AND endpoint_id = ? AND sequence = ?""";

    private static final String SUCCESS = """
            UPDATE webhook_endpoint SET failures = 0, failing_since = NULL, last_success_at = ?
            WHERE endpoint_id = ? AND (failures > 0 OR last_success_at IS NULL OR last_success_at < ?)""";

    private static final String FAILURE = """
            UPDATE webhook_endpoint
            SET failures = failures + 1, failing_since = coalesce(failing_since, ?), last_failure_at = ?, last_failure = ?
            WHERE endpoint_id = ?""";

    private static final String DISABLE = """
            UPDATE webhook_endpoint SET enabled = false, disabled_at = ?, disabled_reason = ?
            WHERE endpoint_id = ? AND enabled AND (failing_since <= ? OR ?)""";

    private final WebhookSettings settings;
    private final DeliveryMetrics metrics;

    AttemptLog(WebhookSettings settings, DeliveryMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * @param again whether there will be another attempt
     */
    void write(Connection connection, Pending pending, Attempt attempt, boolean again) throws SQLException {
        Instant end = attempt.at().plus(attempt.took());
        writeAttempt(connection, pending, attempt);
        writeDelivery(connection, pending, attempt.isDelivered() ? "delivered" : again ? "pending" : "failed", end);
        if (attempt.isDelivered()) {
            succeeded(connection, pending.claim().endpointId(), end);
        } else {
            failed(connection, pending.claim().endpointId(), attempt, end);
        }
    }

    private static void writeAttempt(Connection connection, Pending pending, Attempt attempt) throws SQLException {
        int number = pending.attempts() + 1;
        try (PreparedStatement statement = connection.prepareStatement(ATTEMPT)) {
            int index = key(statement, 1, pending);
            statement.setInt(index++, number);
            statement.setTimestamp(index++, Timestamp.from(attempt.at()));
            statement.setInt(index++, Math.toIntExact(attempt.took().toMillis()));
            statement.setObject(index++, attempt.status(), Types.INTEGER);
            statement.setString(index++, attempt.failure() == null ? null : EnumId.of(attempt.failure()));
            statement.setString(index, attempt.answer());
            statement.executeUpdate();
        }
        if (number > KEPT) {
            try (PreparedStatement statement = connection.prepareStatement(OLD_ATTEMPTS)) {
                statement.setInt(key(statement, 1, pending), number - KEPT);
                statement.executeUpdate();
            }
        }
    }

    private static void writeDelivery(Connection connection, Pending pending, String status, Instant at)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELIVERY)) {
            statement.setString(1, status);
            statement.setInt(2, pending.attempts() + 1);
            statement.setInt(3, pending.tries() + 1);
            statement.setTimestamp(4, status.equals("pending") ? null : Timestamp.from(at));
            key(statement, 5, pending);
            statement.executeUpdate();
        }
    }

    private static int key(PreparedStatement statement, int from, Pending pending) throws SQLException {
        Claim claim = pending.claim();
        statement.setString(from, claim.accountId());
        statement.setObject(from + 1, claim.endpointId());
        statement.setLong(from + 2, pending.sequence());
        return from + 3;
    }

    private static void succeeded(Connection connection, UUID endpointId, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SUCCESS)) {
            statement.setTimestamp(1, Timestamp.from(at));
            statement.setObject(2, endpointId);
            statement.setTimestamp(3, Timestamp.from(at.minus(NOTED_EVERY)));
            statement.executeUpdate();
        }
    }

    private void failed(Connection connection, UUID endpointId, Attempt attempt, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FAILURE)) {
            statement.setTimestamp(1, Timestamp.from(at));
            statement.setTimestamp(2, Timestamp.from(at));
            statement.setString(3, attempt.inWords());
            statement.setObject(4, endpointId);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(DISABLE)) {
            statement.setTimestamp(1, Timestamp.from(at));
            statement.setString(2, attempt.isGone() ? "gone" : "failing");
            statement.setObject(3, endpointId);
            statement.setTimestamp(4, Timestamp.from(at.minus(settings.disableAfter())));
            statement.setBoolean(5, attempt.isGone());
            if (statement.executeUpdate() == 1) {
                metrics.disabled();
                LOG.warnf("The webhook endpoint endpoint_%s is disabled: %s", endpointId, reason(attempt));
            }
        }
    }

    private String reason(Attempt attempt) {
        return attempt.isGone()
                ? "it has answered that it is gone"
                : "nothing was taken for %s, and the last failure was %s"
                        .formatted(settings.disableAfter(), attempt.inWords());
    }
}
