package ai.mavster.credits.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An event as callers see it, wherever they do: in a webhook's body as in lists.
 *
 * @param id the same however often it is delivered
 * @param timestamp when it happened, by the account's time
 * @param version of the form of its data
 * @param data JSON: the payload of its type, behind the account and the event's number
 */
@Schema(name = "Event")
public record EventAnswer(
        @Schema(
                description = "The same however often it is delivered: what was seen before need not be done again.",
                pattern = "^evt_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
                examples = "evt_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
        String id,

        @Schema(implementation = EventType.class) String type,

        @Schema(description = "When it happened, by the account's time.", examples = "2026-11-21T18:39:00Z")
        Instant timestamp,

        @Schema(
                description = "Of the form of its data. Fields may be added to a form, and are to be ignored.",
                examples = "1")
        int version,

        @Schema(
                implementation = Object.class,
                description = "The payload of its type, with the account and the event's number within it.")
        @JsonRawValue
        String data) {

    /**
     * @param data as it was announced: a JSON object
     */
    public static EventAnswer of(
            UUID eventId, String type, Instant timestamp, int version, String accountId, long sequence, String data) {
        StringBuilder all = new StringBuilder(data.length() + 100).append("{\"account_id\":\"");
        JsonStringEncoder.getInstance().quoteAsString(accountId, all);
        all.append("\",\"sequence\":").append(sequence);
        if (!data.equals("{}")) {
            all.append(',');
        }
        return new EventAnswer(
                EventId.of(eventId),
                type,
                timestamp,
                version,
                all.append(data, 1, data.length()).toString());
    }

    static EventAnswer of(EventRow row) {
        return of(row.eventId, row.type, row.occurredAt, row.version, row.accountId, row.sequence, row.data);
    }
}
