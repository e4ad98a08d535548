package ai.mavster.credits.portal.session;

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

/**
 * Takes away sessions that were made so long ago that they have ended by themselves, and links that nobody has opened:
 * part by part. Safe with several processes.
 */
@Singleton
class SessionRetention {

    private static final Logger LOG = Logger.getLogger(SessionRetention.class);

    private static final int PART = 500;

    private static final String OLD = """
            WITH old AS (
                SELECT account_id, session_id FROM portal_session WHERE created_at < ?
                ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED)
            DELETE FROM portal_session s USING old
            WHERE s.account_id = old.account_id AND s.session_id = old.session_id""";

    private final Connections connections;
    private final PortalSettings settings;
    private final Clock clock;

    SessionRetention(Connections connections, PortalSettings settings, Clock clock) {
        this.connections = connections;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(every = "{credits.portal.purge-every}", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        Instant before = clock.instant().minus(settings.linkLasts()).minus(settings.sessionLasts());
        try {
            int part;
            do {
                part = part(before);
            } while (part > 0);
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("The next run goes on with the sessions that are to leave: %s", e.getMessage());
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
