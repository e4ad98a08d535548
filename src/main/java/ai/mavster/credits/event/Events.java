package ai.mavster.credits.event;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events there are. */
@Singleton
public class Events {

    private final EventRepository events;

    Events(EventRepository events) {
        this.events = events;
    }

    /** Whether there is one of this id, and it has not left yet. */
    public boolean has(UUID eventId) {
        return QuarkusTransaction.requiringNew().call(() -> events.byId(eventId)) != null;
    }

    /** Whether an account has one of this id, as callers know it, that has not left yet. */
    public boolean has(String accountId, String id) {
        UUID eventId = EventId.parse(id);
        EventRow row =
                eventId == null ? null : QuarkusTransaction.requiringNew().call(() -> events.byId(eventId));
        return row != null && row.accountId.equals(accountId);
    }

    /**
     * Some of an account's, the newest first.
     *
     * @param before only those with smaller numbers; null: from the newest
     */
    public List<Listed> newestFirst(String accountId, @Nullable Long before, int limit) {
        return QuarkusTransaction.requiringNew()
                .call(() -> events.newestFirst(accountId, before, limit).stream()
                        .map(Listed::of)
                        .toList());
    }

    /**
     * An event in a list.
     *
     * @param sequence its number within its account
     */
    public record Listed(String id, long sequence, String type, Instant occurredAt, String data) {

        private static Listed of(EventRow row) {
            return new Listed(EventId.of(row.eventId), row.sequence, row.type, row.occurredAt, row.data);
        }
    }
}
