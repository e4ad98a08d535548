package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.EnumId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far an event is. */
@Schema(name = "PaymentEventStatus")
public enum EventStatus {
    /** To be processed, or to be tried again. */
    RECEIVED,
    /** What the provider had of its object was applied. */
    PROCESSED,
    /** It is of no concern here. */
    IGNORED,
    /** What it is about does not agree with what was ordered here: a person has to see to it. */
    UNEXPLAINED;

    /** As in the database and in JSON: {@code received}. */
    public String id() {
        return EnumId.of(this);
    }
}
