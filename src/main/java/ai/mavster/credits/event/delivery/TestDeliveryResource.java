package ai.mavster.credits.event.delivery;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.event.EventAnswer;
import ai.mavster.credits.event.EventId;
import ai.mavster.credits.event.delivery.Attempt.Failure;
import ai.mavster.credits.event.webhook.EndpointId;
import ai.mavster.credits.event.webhook.WebhookEndpoints;
import ai.mavster.credits.event.webhook.WebhookTarget;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whether an endpoint can be delivered to, before anything has to be. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.ADMIN)
@Tag(name = "Webhooks")
public class TestDeliveryResource {

    /** No event of any account: it is written nowhere, and delivered to nobody else. */
    private static final String TYPE = "webhook_endpoint.test";

    private final WebhookEndpoints endpoints;
    private final Sender sender;
    private final Caller caller;
    private final Clock clock;

    TestDeliveryResource(WebhookEndpoints endpoints, Sender sender, Caller caller, Clock clock) {
        this.endpoints = endpoints;
        this.sender = sender;
        this.caller = caller;
        this.clock = clock;
    }

    /** How it ended. */
    @Schema(name = "WebhookTrial", examples = """
            {"event_id": "evt_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "delivered": true, "at": "2026-11-21T18:39:00Z",\
             "milliseconds": 87, "status": 204, "failure": null, "answer": null}""")
    record Answer(
            @Schema(examples = "evt_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            String eventId,

            boolean delivered,
            Instant at,

            @Schema(description = "How long it took.", examples = "87")
            long milliseconds,

            @Schema(description = "What was answered; null: nothing was.", examples = "204") @Nullable
            Integer status,

            @Schema(description = "Why it does not count as delivered; null: it does.") @Nullable
            Failure failure,

            @Schema(description = "How the body that was answered begins: at most 1 kB of it.") @Nullable
            String answer) {

        static Answer of(String eventId, Attempt attempt) {
            return new Answer(
                    eventId,
                    attempt.isDelivered(),
                    attempt.at(),
                    attempt.took().toMillis(),
                    attempt.status(),
                    attempt.failure(),
                    attempt.answer());
        }
    }

    @POST
    @Path("/webhook-endpoints/{endpoint_id}/test")
    @Blocking
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(
            operationId = "testWebhookEndpoint",
            summary = "Try a webhook endpoint",
            description =
                    "Sends it something of the type `webhook_endpoint.test`, with no data, signed as events are, and answers how that ended. It"
                            + " is tried once, also where the endpoint is disabled, and counts for nothing. No body.")
    public CompletionStage<Answer> test(@PathParam("endpoint_id") String id) {
        caller.requireUnbound();
        UUID endpointId = EndpointId.parse(id);
        WebhookTarget target = endpointId == null ? null : endpoints.target(endpointId, clock.instant());
        if (target == null) {
            throw EndpointId.unknown(id);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String eventId = EventId.of(UuidV7.next(now));
        EventAnswer event = new EventAnswer(eventId, TYPE, now, 1, "{}");
        return sender.send(event, target, 0).thenApply(attempt -> Answer.of(eventId, attempt));
    }
}
