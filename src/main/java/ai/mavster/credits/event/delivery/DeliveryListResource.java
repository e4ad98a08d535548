package ai.mavster.credits.event.delivery;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.event.delivery.DeliveryAnswer.Status;
import ai.mavster.credits.event.delivery.DeliveryRepository.Place;
import ai.mavster.credits.event.webhook.EndpointId;
import ai.mavster.credits.event.webhook.WebhookEndpoints;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.LongReads;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What became of the deliveries to an endpoint, and what it said. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.ADMIN)
@Tag(name = "Webhooks")
@Blocking
public class DeliveryListResource {

    private final DeliveryRepository deliveries;
    private final WebhookEndpoints endpoints;
    private final LongReads reads;
    private final Caller caller;

    DeliveryListResource(DeliveryRepository deliveries, WebhookEndpoints endpoints, LongReads reads, Caller caller) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.reads = reads;
        this.caller = caller;
    }

    @GET
    @Path("/webhook-endpoints/{endpoint_id}/deliveries")
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "List the deliveries to a webhook endpoint",
            description =
                    "By when they were first to be delivered, the newest first; with what was answered to their last attempts. They can be"
                            + " read as long as their events.")
    public Page<DeliveryAnswer> list(
            @PathParam("endpoint_id") String id,
            @Context UriInfo uri,
            @Schema(implementation = Status.class)
                    @Parameter(description = "Only those that stand there.", example = "failed")
                    @QueryParam("status")
                    @Nullable
                    String status,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        caller.requireUnbound();
        Query query = Query.of(uri);
        Status only = query.oneOf("status", Status.class);
        int most = query.limit();
        Place before = before(query.placeCursor(2));
        UUID endpointId = EndpointId.parse(id);
        if (endpointId == null || !endpoints.has(endpointId)) {
            throw EndpointId.unknown(id);
        }
        List<DeliveryAnswer> found =
                reads.answer(LongReads.ALL_ACCOUNTS, () -> deliveries.newest(endpointId, only, before, most + 1));
        return Page.of(found, most, DeliveryListResource::cursor);
    }

    private static String cursor(DeliveryAnswer delivery) {
        return Cursor.of(delivery.createdAt(), List.of(delivery.accountId(), String.valueOf(delivery.sequence())));
    }

    private static @Nullable Place before(Cursor.@Nullable Place cursor) {
        if (cursor == null) {
            return null;
        }
        String accountId = cursor.ids().get(0);
        String sequence = cursor.ids().get(1);
        if (!accountId.matches(Identifier.PATTERN) || !sequence.matches("[0-9]{1,18}")) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return new Place(cursor.time(), accountId, Long.parseLong(sequence));
    }
}
