package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.payment.PaymentGateway;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What payment providers have announced, for operators. */
@Path("/v1/payment-events")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.ADMIN)
@Tag(name = "Payments", description = "Credits that are bought, and the payment provider behind it.")
@Blocking
public class PaymentEventResource {

    private static final String WORD = EventRetry.WORD;

    private final ProviderEventRepository events;
    private final EventRetry retry;
    private final LongReads reads;
    private final Caller caller;

    PaymentEventResource(ProviderEventRepository events, EventRetry retry, LongReads reads, Caller caller) {
        this.events = events;
        this.retry = retry;
        this.reads = reads;
        this.caller = caller;
    }

    /** An event as it stands. */
    @Schema(name = "PaymentEvent", examples = """
            {"id": "evt_1PqXkT2eZvKYlo2C", "provider": "stripe", "type": "checkout.session.completed", "object_id": "cs_1PqXkT2eZvKYlo2C",\
             "status": "processed", "attempts": 1, "next_attempt_at": null, "created_at": "2026-11-21T18:39:00Z",\
             "received_at": "2026-11-21T18:39:01Z", "processed_at": "2026-11-21T18:39:01Z", "account_id": "acct_7", "detail": null}""")
    record PaymentEvent(
            @Schema(description = "The provider's own.", examples = "evt_1PqXkT2eZvKYlo2C")
            String id,

            PaymentGateway.Provider provider,

            @Schema(description = "In the provider's word.", examples = "checkout.session.completed")
            String type,

            @Schema(description = "What the provider is asked for because of it.", examples = "cs_1PqXkT2eZvKYlo2C")
            String objectId,

            EventStatus status,

            @Schema(description = "How often the provider was asked for its object.", minimum = "0")
            int attempts,

            @Schema(description = "Null unless it is `received`.") @Nullable
            Instant nextAttemptAt,

            @Schema(description = "By the provider's clock.")
            Instant createdAt,

            Instant receivedAt,

            @Schema(description = "Null as long as it is `received`.") @Nullable
            Instant processedAt,

            @Schema(description = "Whose payment it was; null: not known, or of no account.", examples = "acct_7")
            @Nullable
            String accountId,

            @Schema(
                    description =
                            "Why it was ignored, is unexplained, or was not processed the last time; null: nothing is to be said.",
                    examples = "amount_differs")
            @Nullable
            String detail) {

        static PaymentEvent of(ProviderEventRow row) {
            return new PaymentEvent(
                    row.eventId,
                    EnumId.parse(PaymentGateway.Provider.class, row.provider),
                    row.type,
                    row.objectId,
                    EnumId.parse(EventStatus.class, row.status),
                    row.attempts,
                    row.dueAt,
                    row.createdAt,
                    row.receivedAt,
                    row.processedAt,
                    row.accountId,
                    row.detail);
        }
    }

    @GET
    @Operation(
            operationId = "listPaymentEvents",
            summary = "List what the payment provider has announced",
            description =
                    "By when they were received, the newest first. Those that were processed or ignored can be read for 90 days, unless the"
                            + " service is configured otherwise; the others stay. It scans a part of the events at a time: a page may then"
                            + " have fewer rows than `limit`, or none, and `next_cursor` leads on.")
    public Page<PaymentEvent> list(
            @Context UriInfo uri,
            @Schema(implementation = EventStatus.class)
                    @Parameter(description = "Only those that stand there.", example = "unexplained")
                    @QueryParam("status")
                    @Nullable
                    String status,
            @Schema(implementation = String.class, pattern = "^" + WORD + "$")
                    @Parameter(description = "Only those of this type.", example = "charge.refunded")
                    @QueryParam("type")
                    @Nullable
                    String type,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        EventStatus only = query.oneOf("status", EventStatus.class);
        String ofType = query.matching("type", WORD);
        int rows = query.limit();
        Cursor.Place start = query.placeCursor(1);
        if (start != null && !start.ids().get(0).matches(WORD)) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return reads.answer(
                        LongReads.ALL_ACCOUNTS, () -> new PaymentEventSearch(events, only, ofType).page(start, rows))
                .map(PaymentEvent::of);
    }

    @POST
    @Path("/{payment_event_id}/retry")
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(
            operationId = "retryPaymentEvent",
            summary = "Process a payment event again",
            description =
                    "The provider is asked once more for what the event is about: at once, where it was to be tried later, and also where it"
                            + " was unexplained or processed. Applying it is harmless to repeat. One that was ignored stays so.")
    public PaymentEvent retry(@Schema(pattern = "^" + WORD + "$") @PathParam("payment_event_id") String eventId)
            throws SQLException {
        caller.requireUnbound();
        retry.retry(eventId);
        ProviderEventRow event = events.byId(eventId);
        if (event == null) {
            throw EventRetry.notFound(eventId);
        }
        return PaymentEvent.of(event);
    }
}
