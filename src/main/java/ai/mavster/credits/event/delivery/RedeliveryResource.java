package ai.mavster.credits.event.delivery;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.event.EventId;
import ai.mavster.credits.event.NewEvents;
import ai.mavster.credits.event.webhook.EndpointId;
import ai.mavster.credits.event.webhook.WebhookEndpoints;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Events that are to be delivered once more, or at last. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.ADMIN)
@Tag(name = "Webhooks")
@Blocking
public class RedeliveryResource {

    /** So many events of a range are read by one call. */
    private static final int MOST_PARTS = 10;

    private final Redelivery redelivery;
    private final WebhookEndpoints endpoints;
    private final NewEvents news;
    private final Caller caller;

    RedeliveryResource(Redelivery redelivery, WebhookEndpoints endpoints, NewEvents news, Caller caller) {
        this.redelivery = redelivery;
        this.endpoints = endpoints;
        this.news = news;
        this.caller = caller;
    }

    @Schema(name = "EventRedeliveryRequest", description = "To whom it is to be delivered again.", examples = """
            {"endpoint_id": null}""")
    record OfEvent(
            @Schema(
                    description =
                            "To which endpoint, whatever types it is for; absent: to each that is of the event's type and account.")
            @Pattern(regexp = EndpointId.PATTERN)
            @Nullable
            String endpointId) {}

    @Schema(name = "RangeRedeliveryRequest", description = "Which events are to be delivered again.", examples = """
            {"from": "2026-11-21T18:39:00Z", "to": "2026-11-22T18:39:00Z"}""")
    record OfRange(
            @Schema(description = "What was written at this instant or later, to the millisecond.") @NotNull
            Instant from,

            @Schema(description = "What was written before this instant.") @NotNull
            Instant to,

            @Schema(description = "To go on: the `next_cursor` of the call before.") @Nullable
            String cursor) {}

    /** What came of it. */
    @Schema(name = "RedeliveryAnswer", examples = """
            {"deliveries": 17, "has_more": false, "next_cursor": null}""")
    record Answer(
            @Schema(description = "How many deliveries are pending by this, some of them perhaps before.")
            long deliveries,

            @Schema(description = "Whether the range has more, to be asked for by another call.")
            boolean hasMore,

            @Nullable String nextCursor) {}

    @POST
    @Path("/events/{event_id}/redeliver")
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(
            operationId = "redeliverEvent",
            summary = "Deliver an event again",
            description =
                    "With the same id, at once, to endpoints that are enabled, whether or not they have taken it.")
    public Answer event(@PathParam("event_id") String id, @NotNull @Valid OfEvent request) throws SQLException {
        caller.requireUnbound();
        long deliveries = redelivery.again(id, request.endpointId);
        return new Answer(deliveries, false, null);
    }

    @POST
    @Path("/webhook-endpoints/{endpoint_id}/redeliver")
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(
            operationId = "redeliverEvents",
            summary = "Deliver events again to an endpoint",
            description =
                    "Those of its types and its account that were written within a time, as after an outage; whether or not it has taken"
                            + " them. Of a long range a part is done by each call.")
    public Answer range(@PathParam("endpoint_id") String id, @NotNull @Valid OfRange request) throws SQLException {
        caller.requireUnbound();
        UUID endpointId = EndpointId.parse(id);
        if (endpointId == null || !endpoints.has(endpointId)) {
            throw EndpointId.unknown(id);
        }
        if (!request.from.isBefore(request.to)) {
            throw new InvalidInput("to", "must be later than from");
        }
        long deliveries = 0;
        UUID last = after(request.cursor);
        for (int parts = 0; parts < MOST_PARTS; parts++) {
            Redelivery.Part part = redelivery.again(endpointId, request.from, request.to, last);
            deliveries += part.deliveries();
            if (part.last() == null) {
                news.happened();
                return new Answer(deliveries, false, null);
            }
            last = part.last();
        }
        news.happened();
        return new Answer(deliveries, true, last == null ? null : Cursor.of(EventId.of(last)));
    }

    private static @Nullable UUID after(@Nullable String cursor) {
        UUID event = cursor == null ? null : EventId.parse(Cursor.toText(cursor));
        if (cursor != null && event == null) {
            throw new InvalidInput("cursor", "is not a cursor of this range");
        }
        return event;
    }
}
