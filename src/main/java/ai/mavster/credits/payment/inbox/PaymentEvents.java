package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What payment providers have announced. For pages. */
@Singleton
public class PaymentEvents {

    private final ProviderEventRepository events;

    PaymentEvents(ProviderEventRepository events) {
        this.events = events;
    }

    /**
     * An event.
     *
     * @param objectId what the provider is asked for because of it
     * @param accountId whose payment it was; null: not known, or of no account
     * @param detail why it was ignored, is unexplained, or was not processed the last time; null: nothing is to be said
     */
    public record Listed(
            String id,
            String provider,
            String type,
            String objectId,
            EventStatus status,
            int attempts,
            Instant receivedAt,
            @Nullable Instant dueAt,
            @Nullable String accountId,
            @Nullable String detail) {}

    /**
     * By when they were received, the newest first.
     *
     * @param status null: any
     * @param cursor that of the page before; null: from the newest
     */
    public Page<Listed> newestFirst(@Nullable EventStatus status, @Nullable String cursor, int limit) {
        Cursor.Place start = cursor == null ? null : Cursor.toPlace(cursor, 1);
        if (start != null && !start.ids().get(0).matches(EventRetry.WORD)) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return new PaymentEventSearch(events, status, null)
                .page(start, limit)
                .map(row -> new Listed(
                        row.eventId,
                        row.provider,
                        row.type,
                        row.objectId,
                        EnumId.parse(EventStatus.class, row.status),
                        row.attempts,
                        row.receivedAt,
                        row.dueAt,
                        row.accountId,
                        row.detail));
    }
}
