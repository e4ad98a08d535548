package ai.mavster.credits.event;

import ai.mavster.credits.ledger.posting.PublicId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The id of an event as callers see it: {@code evt_} and a UUID. */
public final class EventId {

    private static final String PREFIX = "evt_";

    private EventId() {}

    public static String of(UUID eventId) {
        return PREFIX + eventId;
    }

    /** Null if the text is no such id in its one form. */
    public static @Nullable UUID parse(String text) {
        return text.startsWith(PREFIX) ? PublicId.uuid(text.substring(PREFIX.length())) : null;
    }
}
