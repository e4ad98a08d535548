package ai.mavster.credits.event;

import ai.mavster.credits.ledger.Fact;

/**
 * The payload of an event. A feature publishes it within a ledger transaction, as any
 * {@linkplain ai.mavster.credits.ledger.AccountView#publish fact}; it is written down in that transaction and
 * delivered after its commit.
 *
 * <p>Its implementations are records, and each record is the event's {@code data} as JSON, to which the account and the
 * number of the event are added. Free text has no place there.
 */
public interface Announcement extends Fact {

    /** What kind of event it is. */
    EventType type();
}
