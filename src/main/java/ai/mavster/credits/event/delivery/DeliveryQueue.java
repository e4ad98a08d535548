package ai.mavster.credits.event.delivery;

import ai.mavster.credits.event.EventAnswer;
import ai.mavster.credits.event.delivery.Pending.Claim;
import ai.mavster.credits.event.webhook.WebhookSecret;
import ai.mavster.credits.event.webhook.WebhookSettings;
import ai.mavster.credits.event.webhook.WebhookTarget;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.Row;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The queues of the endpoints, a place for each account with something pending. A place is claimed, without waiting for
 * who has another one, for so long as an attempt takes; each attempt's outcome prolongs the claim, or gives it up.
 */
@Singleton
class DeliveryQueue {

    /** How much longer than an attempt it may take to look up a name before, and to write down an outcome after it. */
    private static final Duration BESIDE = Duration.ofSeconds(15);

    private static final String CLAIM = """
            WITH due AS (
                SELECT q.account_id, q.endpoint_id
                FROM webhook_endpoint w
                CROSS JOIN LATERAL (SELECT * FROM webhook_queue
                                    WHERE webhook_queue.endpoint_id = w.endpoint_id AND webhook_queue.due_at <= ?
                                    ORDER BY webhook_queue.due_at LIMIT ? FOR UPDATE SKIP LOCKED) q
                WHERE w.enabled AND w.endpoint_id <> ALL (?))
            UPDATE webhook_queue q SET due_at = ?, claimed_by = ? FROM due
            WHERE q.account_id = due.account_id AND q.endpoint_id = due.endpoint_id
            RETURNING q.account_id, q.endpoint_id""";

    private static final String HOLD = """
            SELECT 1 FROM webhook_queue WHERE account_id = ? AND endpoint_id = ? AND claimed_by = ? FOR UPDATE""";

    private static final String NEXT = """
            SELECT d.sequence, d.attempts, d.tries, e.event_id, e.type, e.occurred_at, e.version, e.data::text,
                   w.url, w.secret, CASE WHEN w.previous_secret_until > ? THEN w.previous_secret END
            FROM webhook_endpoint w
            CROSS JOIN LATERAL (SELECT * FROM webhook_delivery
                                WHERE webhook_delivery.account_id = ? AND webhook_delivery.endpoint_id = w.endpoint_id
                                  AND webhook_delivery.status = 'pending'
                                ORDER BY webhook_delivery.sequence LIMIT 1) d
            JOIN event e ON e.account_id = d.account_id AND e.sequence = d.sequence
            WHERE w.endpoint_id = ? AND w.enabled""";

    private static final String PROLONG =
            "UPDATE webhook_queue SET due_at = ? WHERE account_id = ? AND endpoint_id = ?";

    private static final String GIVE_UP =
            "UPDATE webhook_queue SET due_at = ?, claimed_by = NULL WHERE account_id = ? AND endpoint_id = ?";

    private static final String LEAVE = """
            DELETE FROM webhook_queue WHERE account_id = ? AND endpoint_id = ?
            AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.account_id = webhook_queue.account_id
                            AND d.endpoint_id = webhook_queue.endpoint_id AND d.status = 'pending')""";

    private final Connections connections;
    private final AttemptLog log;
    private final Clock clock;
    private final Duration claimedFor;

    DeliveryQueue(Connections connections, AttemptLog log, WebhookSettings settings, Clock clock) {
        this.connections = connections;
        this.log = log;
        this.clock = clock;
        this.claimedFor = settings.answerWithin().multipliedBy(3).plus(BESIDE);
    }

    private interface Work<A> {
        A in(Connection connection) throws SQLException;
    }

    private <A> A transaction(Work<A> work) throws SQLException {
        try (Connection connection = connections.afterCommit()) {
            try {
                A result = work.in(connection);
                Connections.commit(connection);
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                Connections.rollback(connection, e);
                throw e;
            }
        }
    }

    /**
     * Claims places that are due.
     *
     * @param claimedBy an id that was not used before
     * @param most of each endpoint
     * @param busy endpoints that have enough under way
     */
    List<Claim> claim(UUID claimedBy, int most, Collection<UUID> busy) throws SQLException {
        Instant now = clock.instant();
        return transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                statement.setTimestamp(1, Timestamp.from(now));
                statement.setInt(2, most);
                statement.setArray(3, connection.createArrayOf("uuid", busy.toArray()));
                statement.setTimestamp(4, Timestamp.from(now.plus(claimedFor)));
                statement.setObject(5, claimedBy);
                Row row = new Row(statement.executeQuery());
                List<Claim> claims = new ArrayList<>();
                while (row.next()) {
                    claims.add(new Claim(row.text(), row.uuid(), claimedBy));
                }
                return claims;
            }
        });
    }

    /** What is to be sent first; null: nothing, or the place is somebody else's by now. */
    @Nullable
    Pending first(Claim claim) throws SQLException {
        return transaction(connection -> Optional.ofNullable(holds(connection, claim) ? next(connection, claim) : null))
                .orElse(null);
    }

    /**
     * Writes down how an attempt ended.
     *
     * @param wait how long to wait before the next one; null: there will be none
     * @param goOn whether the claim is kept, where nothing is to be waited for
     * @return what is to be sent next; null: nothing now
     */
    @Nullable
    Pending finish(Pending pending, Attempt attempt, @Nullable Duration wait, boolean goOn) throws SQLException {
        Claim claim = pending.claim();
        return transaction(connection -> {
                    if (!holds(connection, claim)) {
                        return Optional.<Pending>empty();
                    }
                    log.write(connection, pending, attempt, wait != null);
                    if (wait != null || !goOn) {
                        giveUp(connection, claim, clock.instant().plus(wait == null ? Duration.ZERO : wait));
                        return Optional.<Pending>empty();
                    }
                    return Optional.ofNullable(next(connection, claim));
                })
                .orElse(null);
    }

    private static boolean holds(Connection connection, Claim claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
            statement.setString(1, claim.accountId());
            statement.setObject(2, claim.endpointId());
            statement.setObject(3, claim.claimedBy());
            return statement.executeQuery().next();
        }
    }

    /** The row is locked: what is handed on meanwhile is seen here, or finds the row gone. */
    private @Nullable Pending next(Connection connection, Claim claim) throws SQLException {
        Instant now = clock.instant();
        Pending next = read(connection, claim, now);
        if (next != null) {
            update(connection, PROLONG, now.plus(claimedFor), claim);
        } else if (!left(connection, claim)) {
            giveUp(connection, claim, now);
        }
        return next;
    }

    private static @Nullable Pending read(Connection connection, Claim claim, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setString(2, claim.accountId());
            statement.setObject(3, claim.endpointId());
            Row row = new Row(statement.executeQuery());
            return row.next() ? pending(claim, row) : null;
        }
    }

    private static Pending pending(Claim claim, Row row) throws SQLException {
        long sequence = row.bigint();
        int attempts = row.integer();
        int tries = row.integer();
        EventAnswer event = EventAnswer.of(
                row.uuid(), row.text(), row.instant(), row.integer(), claim.accountId(), sequence, row.text());
        String url = row.text();
        List<WebhookSecret> secrets = new ArrayList<>(2);
        secrets.add(new WebhookSecret(row.bytes()));
        byte[] previous = row.bytesOrNull();
        if (previous != null) {
            secrets.add(new WebhookSecret(previous));
        }
        return new Pending(claim, sequence, attempts, tries, event, new WebhookTarget(url, secrets));
    }

    private static boolean left(Connection connection, Claim claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEAVE)) {
            statement.setString(1, claim.accountId());
            statement.setObject(2, claim.endpointId());
            return statement.executeUpdate() == 1;
        }
    }

    /** The next claim goes on then. */
    private static void giveUp(Connection connection, Claim claim, Instant until) throws SQLException {
        update(connection, GIVE_UP, until, claim);
    }

    private static void update(Connection connection, String sql, Instant dueAt, Claim claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setTimestamp(1, Timestamp.from(dueAt));
            statement.setString(2, claim.accountId());
            statement.setObject(3, claim.endpointId());
            statement.executeUpdate();
        }
    }
}
