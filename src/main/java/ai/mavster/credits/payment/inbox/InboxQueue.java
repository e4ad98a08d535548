package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.UuidV7;
import ai.mavster.credits.payment.PaymentGateway;
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
import java.util.List;
import java.util.UUID;

/**
 * The objects that are to be asked for. One is claimed, without waiting for who has another one, for longer than a
 * provider is waited for; the outcome gives the claim up.
 */
@Singleton
class InboxQueue {

    private static final Duration CLAIMED_FOR = Duration.ofMinutes(2);

    private static final int MOST_DETAIL = 500;

    private static final String CLAIM = """
            WITH due AS (
                SELECT o.provider, o.object_id FROM provider_object o WHERE o.provider = ? AND o.due_at <= ?
                ORDER BY o.due_at LIMIT ? FOR UPDATE SKIP LOCKED)
            UPDATE provider_object o SET due_at = ?, claimed_by = ? FROM due
            WHERE o.provider = due.provider AND o.object_id = due.object_id
            RETURNING o.object_id""";

    private static final String HOLD =
            "SELECT 1 FROM provider_object WHERE provider = ? AND object_id = ? AND claimed_by = ? FOR UPDATE";

    private static final String EVENTS = """
            SELECT e.event_id, e.type, e.created_at, e.attempts FROM provider_event e
            WHERE e.provider = ? AND e.object_id = ? AND e.status = 'received' ORDER BY e.created_at, e.event_id""";

    private static final String END = """
            UPDATE provider_event SET status = ?, attempts = attempts + 1, due_at = NULL, processed_at = ?, account_id = ?,
                                      detail = ?
            WHERE event_id = ? AND provider = ? AND status = 'received'""";

    private static final String RETRY = """
            UPDATE provider_event SET attempts = attempts + 1, due_at = ?, detail = ?
            WHERE event_id = ? AND provider = ? AND status = 'received'""";

    private static final String LEAVE = """
            DELETE FROM provider_object o WHERE o.provider = ? AND o.object_id = ?
            AND NOT EXISTS (SELECT 1 FROM provider_event e WHERE e.provider = o.provider AND e.object_id = o.object_id
                            AND e.status = 'received')""";

    private static final String GIVE_UP =
            "UPDATE provider_object SET due_at = ?, claimed_by = NULL WHERE provider = ? AND object_id = ?";

    private final Connections connections;
    private final Clock clock;

    InboxQueue(Connections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /** An object that this process has claimed, with its events. */
    record Claim(PaymentGateway.Provider provider, DueObject object, UUID claimedBy) {}

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

    /** Claims objects that are due. */
    List<Claim> claim(PaymentGateway.Provider provider, int most) throws SQLException {
        Instant now = clock.instant();
        UUID claimedBy = UuidV7.next(now);
        return transaction(connection -> {
            List<String> objectIds = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                statement.setString(1, provider.id());
                statement.setTimestamp(2, Timestamp.from(now));
                statement.setInt(3, most);
                statement.setTimestamp(4, Timestamp.from(now.plus(CLAIMED_FOR)));
                statement.setObject(5, claimedBy);
                Row row = new Row(statement.executeQuery());
                while (row.next()) {
                    objectIds.add(row.text());
                }
            }
            List<Claim> claims = new ArrayList<>();
            for (String objectId : objectIds) {
                List<DueObject.Event> events = events(connection, provider, objectId);
                if (events.isEmpty()) {
                    leave(connection, provider, objectId, now);
                } else {
                    claims.add(new Claim(provider, new DueObject(objectId, events), claimedBy));
                }
            }
            return claims;
        });
    }

    private static List<DueObject.Event> events(
            Connection connection, PaymentGateway.Provider provider, String objectId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
            statement.setString(1, provider.id());
            statement.setString(2, objectId);
            Row row = new Row(statement.executeQuery());
            List<DueObject.Event> events = new ArrayList<>();
            while (row.next()) {
                events.add(new DueObject.Event(row.text(), row.text(), row.instant(), row.integer()));
            }
            return events;
        }
    }

    /** Writes down what came of a claim; events that have come since stay due. Nothing, if it is another's by now. */
    void finish(Claim claim, Handled handled) throws SQLException {
        Instant now = clock.instant();
        transaction(connection -> {
            if (holds(connection, claim)) {
                try (PreparedStatement statement = connection.prepareStatement(END)) {
                    for (DueObject.Event event : claim.object().events()) {
                        statement.setString(1, handled.status().id());
                        statement.setTimestamp(2, Timestamp.from(now));
                        statement.setString(3, handled.accountId());
                        statement.setString(4, handled.detail() == null ? null : shortened(handled.detail()));
                        statement.setString(5, event.eventId());
                        statement.setString(6, claim.provider().id());
                        statement.addBatch();
                    }
                    statement.executeBatch();
                }
                leave(connection, claim.provider(), claim.object().objectId(), now);
            }
            return true;
        });
    }

    /** Has it tried again after a time. */
    void retry(Claim claim, Duration wait, String why) throws SQLException {
        Instant due = clock.instant().plus(wait);
        transaction(connection -> {
            if (holds(connection, claim)) {
                try (PreparedStatement statement = connection.prepareStatement(RETRY)) {
                    for (DueObject.Event event : claim.object().events()) {
                        statement.setTimestamp(1, Timestamp.from(due));
                        statement.setString(2, shortened(why));
                        statement.setString(3, event.eventId());
                        statement.setString(4, claim.provider().id());
                        statement.addBatch();
                    }
                    statement.executeBatch();
                }
                giveUp(connection, claim.provider(), claim.object().objectId(), due);
            }
            return true;
        });
    }

    private static String shortened(String detail) {
        return detail.length() > MOST_DETAIL ? detail.substring(0, MOST_DETAIL) : detail;
    }

    private static boolean holds(Connection connection, Claim claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
            statement.setString(1, claim.provider().id());
            statement.setString(2, claim.object().objectId());
            statement.setObject(3, claim.claimedBy());
            return statement.executeQuery().next();
        }
    }

    private static void leave(Connection connection, PaymentGateway.Provider provider, String objectId, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEAVE)) {
            statement.setString(1, provider.id());
            statement.setString(2, objectId);
            if (statement.executeUpdate() == 0) {
                giveUp(connection, provider, objectId, now);
            }
        }
    }

    private static void giveUp(Connection connection, PaymentGateway.Provider provider, String objectId, Instant due)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GIVE_UP)) {
            statement.setTimestamp(1, Timestamp.from(due));
            statement.setString(2, provider.id());
            statement.setString(3, objectId);
            statement.executeUpdate();
        }
    }
}
