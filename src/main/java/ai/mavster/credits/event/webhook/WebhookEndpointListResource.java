package ai.mavster.credits.event.webhook;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.event.webhook.WebhookEndpointRepository.Waiting;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import io.quarkus.narayana.jta.QuarkusTransaction;
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
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Endpoints as they are, and how deliveries to them go. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.ADMIN)
@Tag(name = "Webhooks")
@Blocking
public class WebhookEndpointListResource {

    private final WebhookEndpointRepository endpoints;
    private final Caller caller;
    private final Clock clock;

    WebhookEndpointListResource(WebhookEndpointRepository endpoints, Caller caller, Clock clock) {
        this.endpoints = endpoints;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Path("/webhook-endpoints")
    @Operation(
            operationId = "listWebhookEndpoints",
            summary = "List the webhook endpoints",
            description = "Newest first, without their secrets, and how deliveries to them go.")
    public Page<WebhookEndpointAnswer> list(
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        int most = query.limit();
        UUID before = before(query.textCursor());
        return QuarkusTransaction.requiringNew().call(() -> answers(endpoints.newest(before, most + 1), most));
    }

    private Page<WebhookEndpointAnswer> answers(List<WebhookEndpoint> found, int most) {
        Map<UUID, Waiting> waiting = endpoints.waiting(
                found.stream().map(endpoint -> endpoint.endpointId).toList());
        return Page.of(found, most, endpoint -> Cursor.of(EndpointId.of(endpoint.endpointId)))
                .map(endpoint -> answer(endpoint, waiting));
    }

    private WebhookEndpointAnswer answer(WebhookEndpoint endpoint, Map<UUID, Waiting> waiting) {
        UUID id = endpoint.endpointId;
        return WebhookEndpointAnswer.of(endpoint, waiting.getOrDefault(id, Waiting.none(id)), clock.instant());
    }

    private static @Nullable UUID before(@Nullable String cursor) {
        UUID id = cursor == null ? null : EndpointId.parse(cursor);
        if (cursor != null && id == null) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return id;
    }

    @GET
    @Path("/webhook-endpoints/{endpoint_id}")
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(operationId = "getWebhookEndpoint", summary = "Read a webhook endpoint, and how deliveries to it go")
    public WebhookEndpointAnswer get(@PathParam("endpoint_id") String id) {
        caller.requireUnbound();
        UUID endpointId = EndpointId.parse(id);
        return QuarkusTransaction.requiringNew().call(() -> {
            WebhookEndpoint endpoint = endpointId == null ? null : endpoints.existing(endpointId);
            if (endpoint == null) {
                throw EndpointId.unknown(id);
            }
            return answer(endpoint, endpoints.waiting(List.of(endpoint.endpointId)));
        });
    }
}
