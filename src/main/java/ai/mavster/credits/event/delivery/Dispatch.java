package ai.mavster.credits.event.delivery;

import ai.mavster.credits.sql.Connections;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Hands events on to the endpoints that want them: notes a delivery for each, and that there is something in their
 * queues. By itself, so that nobody who posts to an account does it, or waits for who does: one row for each account is
 * locked that nobody else has to do with.
 */
@Singleton
class Dispatch {

    /** Of so many accounts at once, and so many events of each. */
    private static final int ACCOUNTS = 100;

    private static final int EVENTS = 200;

    /** From one account to the next in the index, however many events each of them has there. */
    private static final String WAITING = """
            WITH RECURSIVE waiting AS (
                (SELECT account_id FROM event WHERE NOT dispatched AND account_id > ? ORDER BY account_id LIMIT 1)
                UNION ALL
                SELECT (SELECT e.account_id FROM event e WHERE NOT e.dispatched AND e.account_id > w.account_id
                        ORDER BY e.account_id LIMIT 1)
                FROM waiting w WHERE w.account_id IS NOT NULL)
            SELECT account_id FROM waiting WHERE account_id IS NOT NULL LIMIT ?""";

    private static final String MAKE_ROWS =
            "INSERT INTO event_dispatch (account_id) SELECT unnest(?) ON CONFLICT (account_id) DO NOTHING";

    private static final String LOCK =
            "SELECT account_id FROM event_dispatch WHERE account_id = ANY (?) ORDER BY account_id FOR UPDATE SKIP LOCKED";

    /**
     * That a queue is there already is no reason to leave its row alone: a process that is about to take the row away, finding
     * nothing pending, has to be waited for.
     */
    private static final String HAND_ON = """
            WITH batch AS (
                SELECT e.account_id, e.sequence, e.type
                FROM unnest(?) AS a (account_id)
                CROSS JOIN LATERAL (SELECT * FROM event WHERE event.account_id = a.account_id AND NOT event.dispatched
                                    ORDER BY event.sequence LIMIT %d) e),
            wanted AS (
                SELECT b.account_id, w.endpoint_id, b.sequence
                FROM batch b JOIN webhook_endpoint w
                    ON w.enabled AND (w.account_id IS NULL OR w.account_id = b.account_id)
                    AND (cardinality(w.types) = 0 OR b.type = ANY (w.types))),
            noted AS (
                INSERT INTO webhook_delivery (account_id, endpoint_id, sequence, status, created_at)
                SELECT account_id, endpoint_id, sequence, 'pending', ? FROM wanted ORDER BY 1, 2, 3
                ON CONFLICT (account_id, endpoint_id, sequence) DO NOTHING),
            queued AS (
                INSERT INTO webhook_queue AS present (account_id, endpoint_id, due_at)
                SELECT DISTINCT account_id, endpoint_id, ?::timestamptz FROM wanted ORDER BY 1, 2
                ON CONFLICT (account_id, endpoint_id) DO UPDATE SET due_at = present.due_at)
            UPDATE event e SET dispatched = true FROM batch b
            WHERE e.account_id = b.account_id AND e.sequence = b.sequence""".formatted(EVENTS);

    private final Connections connections;
    private final Clock clock;
    private final int accountsAtOnce;
    private String last = "";

    Dispatch(
            Connections connections,
            Clock clock,
            @ConfigProperty(name = "credits.ledger.accounts-per-transaction", defaultValue = "500")
                    int accountsPerTransaction) {
        this.connections = connections;
        this.clock = clock;
        this.accountsAtOnce = Math.min(ACCOUNTS, accountsPerTransaction);
    }

    /**
     * Hands on some of what there is, of one account after another. For one thread.
     *
     * @return how many events
     */
    int some() throws SQLException {
        try (Connection connection = connections.afterCommit()) {
            try {
                int events = some(connection);
                Connections.commit(connection);
                return events;
            } catch (SQLException | RuntimeException | Error e) {
                Connections.rollback(connection, e);
                throw e;
            }
        }
    }

    private int some(Connection connection) throws SQLException {
        List<String> waiting = waiting(connection);
        boolean wasLast = waiting.size() < accountsAtOnce;
        boolean begun = last.isEmpty();
        last = wasLast ? "" : waiting.get(waiting.size() - 1);
        if (waiting.isEmpty()) {
            // Before those that were done last there may be others.
            return begun ? 0 : some(connection);
        }
        List<String> locked = locked(connection, waiting);
        return locked.isEmpty() ? 0 : handOn(connection, locked);
    }

    private List<String> waiting(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
            statement.setString(1, last);
            statement.setInt(2, accountsAtOnce);
            return texts(statement);
        }
    }

    private static List<String> locked(Connection connection, List<String> accountIds) throws SQLException {
        Array array = connection.createArrayOf("text", accountIds.toArray());
        try (PreparedStatement statement = connection.prepareStatement(MAKE_ROWS)) {
            statement.setArray(1, array);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setArray(1, array);
            return texts(statement);
        }
    }

    private static List<String> texts(PreparedStatement statement) throws SQLException {
        List<String> texts = new ArrayList<>();
        ResultSet row = statement.executeQuery();
        while (row.next()) {
            texts.add(row.getString(1));
        }
        return texts;
    }

    private int handOn(Connection connection, List<String> accountIds) throws SQLException {
        Timestamp now = Timestamp.from(clock.instant());
        try (PreparedStatement statement = connection.prepareStatement(HAND_ON)) {
            statement.setArray(1, connection.createArrayOf("text", accountIds.toArray()));
            statement.setTimestamp(2, now);
            statement.setTimestamp(3, now);
            return statement.executeUpdate();
        }
    }
}
