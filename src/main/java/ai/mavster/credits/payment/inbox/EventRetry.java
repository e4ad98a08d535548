package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.Row;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Has an event processed once more, or at once. */
@Singleton
public class EventRetry {

    /** What a provider's ids are made of. */
    static final String WORD = "[!-~]{1,255}";

    private static final String AGAIN = """
            UPDATE provider_event SET status = 'received', due_at = ?, processed_at = NULL
            WHERE event_id = ? AND status <> 'ignored' RETURNING provider, object_id""";

    private final ProviderEventRepository events;
    private final Connections connections;
    private final News news;
    private final Clock clock;

    EventRetry(ProviderEventRepository events, Connections connections, News news, Clock clock) {
        this.events = events;
        this.connections = connections;
        this.news = news;
        this.clock = clock;
    }

    /**
     * The provider is asked again for what an event is about, unless it was ignored.
     *
     * @return whose account it concerns; null: none that is known
     * @throws RefusalException if there is no such event
     */
    public @Nullable String retry(String eventId) throws SQLException {
        ProviderEventRow event = eventId.matches(WORD) ? events.byId(eventId) : null;
        if (event == null) {
            throw notFound(eventId);
        }
        Instant now = clock.instant();
        try (Connection connection = connections.afterCommit()) {
            try (PreparedStatement statement = connection.prepareStatement(AGAIN)) {
                statement.setTimestamp(1, Timestamp.from(now));
                statement.setString(2, eventId);
                Row row = new Row(statement.executeQuery());
                while (row.next()) {
                    Inbox.makeDue(connection, row.text(), row.text(), now);
                }
                Connections.commit(connection);
            } catch (SQLException | RuntimeException | Error e) {
                Connections.rollback(connection, e);
                throw e;
            }
        }
        news.happened();
        return event.accountId;
    }

    static RefusalException notFound(String eventId) {
        return new RefusalException(Refusal.of(Refusal.Code.NOT_FOUND, "There is no payment event " + eventId + "."));
    }
}
