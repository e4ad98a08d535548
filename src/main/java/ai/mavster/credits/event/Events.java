package ai.mavster.credits.event;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.UUID;

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
}
