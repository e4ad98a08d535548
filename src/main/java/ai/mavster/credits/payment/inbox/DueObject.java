package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.Author;
import java.time.Instant;
import java.util.List;

/**
 * An object of the provider's that something has happened to.
 *
 * @param events those that are to be processed, the oldest first by the provider's clock; at least one
 */
public record DueObject(String objectId, List<Event> events) {

    public DueObject {
        events = List.copyOf(events);
    }

    /** One of its events. */
    public record Event(String eventId, String type, Instant createdAt, int attempts) {}

    /** The newest one. */
    public Event newest() {
        return events.get(events.size() - 1);
    }

    /** For whom what follows is done. */
    public Author author() {
        return new Author(Author.Type.PROVIDER_EVENT, newest().eventId(), newest().type());
    }
}
