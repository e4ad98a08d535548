package ai.mavster.credits.event.delivery;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.event.EventType;
import ai.mavster.credits.event.delivery.Attempt.Failure;
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
import java.time.Instant;
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

    /** Where a delivery stands. */
    @Schema(name = "DeliveryStatus")
    enum Status {
        PENDING,
        DELIVERED,
        FAILED
    }

    /** An event that an endpoint is to get, or has got, and how its last attempts ended. */
    @Schema(name = "WebhookDelivery", examples = """
            {"event_id": "evt_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "type": "budget.exceeded", "account_id": "acct_7",\
             "sequence": 42, "status": "pending", "attempts": 1, "created_at": "2026-11-21T18:39:00Z", "finished_at": null,\
             "last_attempts": [{"attempt": 1, "at": "2026-11-21T18:39:00Z", "milliseconds": 87, "status": 500,\
             "failure": "status", "answer": "Out of order"}]}""")
    record Answer(
            @Schema(examples = "evt_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            String eventId,

            @Schema(implementation = EventType.class) String type,

            String accountId,

            @Schema(description = "The event's number within its account.", examples = "42")
            long sequence,

            @Schema(description = "failed: it was given up, after some ten attempts within three days.")
            Status status,

            @Schema(description = "How many there were.", examples = "1")
            int attempts,

            @Schema(description = "When it was first to be delivered.")
            Instant createdAt,

            @Nullable Instant finishedAt,

            @Schema(description = "The last ten, newest first.")
            List<AttemptAnswer> lastAttempts) {}

    /** How an attempt ended. */
    @Schema(name = "DeliveryAttempt", examples = """
            {"attempt": 1, "at": "2026-11-21T18:39:00Z", "milliseconds": 87, "status": 500, "failure": "status",\
             "answer": "Out of order"}""")
    record AttemptAnswer(
            @Schema(examples = "1") int attempt,

            Instant at,

            @Schema(description = "How long it took.", examples = "87")
            long milliseconds,

            @Schema(description = "What was answered; null: nothing was.", examples = "500") @Nullable
            Integer status,

            @Schema(description = "Why it does not count as delivered; null: it does.") @Nullable
            Failure failure,

            @Schema(description = "How the body that was answered begins: at most 1 kB of it.") @Nullable
            String answer) {}

    @GET
    @Path("/webhook-endpoints/{endpoint_id}/deliveries")
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "List the deliveries to a webhook endpoint",
            description =
                    "By when they were first to be delivered, the newest first; with what was answered to their last attempts. They can be"
                            + " read as long as their events.")
    public Page<Answer> list(
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
        List<Answer> found =
                reads.answer(LongReads.ALL_ACCOUNTS, () -> deliveries.newest(endpointId, only, before, most + 1));
        return Page.of(found, most, DeliveryListResource::cursor);
    }

    private static String cursor(Answer delivery) {
        return Cursor.of(delivery.createdAt, List.of(delivery.accountId, String.valueOf(delivery.sequence)));
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
