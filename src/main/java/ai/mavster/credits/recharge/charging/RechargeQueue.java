package ai.mavster.credits.recharge.charging;

import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.Row;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The recharges whose provider is to be asked. One is claimed, without waiting for who has another one, for longer than
 * it takes to ask; who has not written down the outcome by then has lost it.
 */
@Singleton
class RechargeQueue {

    /** Longer than a gateway takes for what one turn asks of it, and the commits before and after. */
    static final Duration CLAIMED_FOR = Duration.ofMinutes(2);

    private static final String CLAIM = """
            WITH due AS (
                SELECT account_id, recharge_id FROM recharge_queue
                WHERE due_at <= ? ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
            UPDATE recharge_queue q SET due_at = ?, claimed_by = ?, attempts = q.attempts + 1 FROM due
            WHERE q.account_id = due.account_id AND q.recharge_id = due.recharge_id
            RETURNING q.account_id, q.recharge_id, q.attempts""";

    private static final String GIVE_UP = """
            UPDATE recharge_queue SET due_at = ?, claimed_by = NULL
            WHERE account_id = ? AND recharge_id = ? AND claimed_by = ?""";

    private final Connections connections;

    RechargeQueue(Connections connections) {
        this.connections = connections;
    }

    /**
     * A recharge that is this process's for a while.
     *
     * @param attempts how often it was claimed, this time included
     */
    record Claim(String accountId, UUID rechargeId, UUID claimedBy, int attempts) {}

    /**
     * Claims recharges that are due.
     *
     * @param claimedBy an id that was not used before
     */
    List<Claim> claim(UUID claimedBy, Instant now, int most) throws SQLException {
        try (Connection connection = connections.afterCommit()) {
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                statement.setTimestamp(1, Timestamp.from(now));
                statement.setInt(2, most);
                statement.setTimestamp(3, Timestamp.from(now.plus(CLAIMED_FOR)));
                statement.setObject(4, claimedBy);
                Row row = new Row(statement.executeQuery());
                List<Claim> claims = new ArrayList<>();
                while (row.next()) {
                    claims.add(new Claim(row.text(), row.uuid(), claimedBy, row.integer()));
                }
                Connections.commit(connection);
                return claims;
            } catch (SQLException | RuntimeException | Error e) {
                Connections.rollback(connection, e);
                throw e;
            }
        }
    }

    /** Gives a claim up until an instant; one that has ended meanwhile, or is another's by now, is left alone. */
    void giveUp(Claim claim, Instant dueAt) throws SQLException {
        try (Connection connection = connections.afterCommit()) {
            try (PreparedStatement statement = connection.prepareStatement(GIVE_UP)) {
                statement.setTimestamp(1, Timestamp.from(dueAt));
                statement.setString(2, claim.accountId);
                statement.setObject(3, claim.rechargeId);
                statement.setObject(4, claim.claimedBy);
                statement.executeUpdate();
                Connections.commit(connection);
            } catch (SQLException | RuntimeException | Error e) {
                Connections.rollback(connection, e);
                throw e;
            }
        }
    }
}
