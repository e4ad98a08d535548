package ai.mavster.credits.event.webhook;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.event.EventType;
import ai.mavster.credits.event.webhook.WebhookEndpointRepository.Waiting;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Endpoints are made, changed and deleted by administrators. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.ADMIN)
@Tag(name = "Webhooks", description = "Where events are delivered, and how that goes.")
@Blocking
public class WebhookEndpointResource {

    private final WebhookEndpointRepository endpoints;
    private final WebhookSettings settings;
    private final Caller caller;
    private final Clock clock;

    WebhookEndpointResource(WebhookEndpointRepository endpoints, WebhookSettings settings, Caller caller, Clock clock) {
        this.endpoints = endpoints;
        this.settings = settings;
        this.caller = caller;
        this.clock = clock;
    }

    @Schema(name = "WebhookEndpointRequest", description = "An endpoint to be made.", examples = """
            {"url": "https://hooks.example.com/credits", "name": "Production", "types": ["budget.exceeded", "credits.exhausted"]}""")
    record NewEndpoint(
            @Schema(
                    description =
                            "Where it listens: https, at a public address, unless the service is configured otherwise.",
                    examples = "https://hooks.example.com/credits")
            @NotNull
            @Text(max = TargetUrl.LONGEST)
            String url,

            @Schema(description = "What people know it by.", examples = "Production") @Text(max = 200) @Nullable
            String name,

            @Schema(description = "Of which events; absent or empty: of all.", examples = "[\"budget.exceeded\"]")
            @Size(max = 50)
            @Nullable
            List<@NotNull EventType> types,

            @Schema(description = "Of whose events; absent: of all accounts.", examples = "acct_7")
            @Pattern(regexp = Identifier.PATTERN)
            @Nullable
            String accountId) {}

    @Schema(
            name = "WebhookEndpointChange",
            description = "What is absent stays as it is; null clears it.",
            examples = """
            {"url": "https://hooks.example.com/credits", "enabled": true}""")
    record Change(
            @Schema(implementation = String.class, examples = "https://hooks.example.com/credits") @Nullable
            Optional<@NotNull @Text(max = TargetUrl.LONGEST) String> url,

            @Schema(implementation = String.class, examples = "Production") @Nullable
            Optional<@Text(max = 200) String> name,

            @Schema(description = "Of which events; null or empty: of all.", examples = "[\"budget.exceeded\"]")
            @Nullable
            Optional<@Size(max = 50) List<@NotNull EventType>> types,

            @Schema(
                    implementation = Boolean.class,
                    description =
                            "false: it gets nothing, nor later what is written meanwhile. What is pending goes on once it is enabled.",
                    examples = "true")
            @Nullable
            Optional<@NotNull Boolean> enabled) {}

    @POST
    @Path("/webhook-endpoints")
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses(Refusal.Code.ACCOUNT_NOT_FOUND)
    @Operation(
            operationId = "createWebhookEndpoint",
            summary = "Create a webhook endpoint",
            description =
                    "It gets what is written from now on, signed as [Standard Webhooks](https://www.standardwebhooks.com) has it. The answer"
                            + " is the only place where its secret is shown.")
    @APIResponse(
            responseCode = "201",
            description = "Created.",
            headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CreatedWebhookEndpoint.class)))
    public RestResponse<CreatedWebhookEndpoint> create(@NotNull @Valid NewEndpoint request) {
        caller.requireUnbound();
        TargetUrl.checked(request.url, settings.allowPrivateTargets());
        Instant now = now();
        WebhookSecret secret = WebhookSecret.generate();
        WebhookEndpoint endpoint = new WebhookEndpoint(
                UuidV7.next(now),
                request.url,
                request.name,
                request.types == null ? List.of() : request.types,
                request.accountId,
                secret,
                now);
        QuarkusTransaction.requiringNew().run(() -> endpoints.add(endpoint, request.accountId));
        CreatedWebhookEndpoint created = CreatedWebhookEndpoint.of(endpoint, secret);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, created)
                .location(URI.create("/v1/webhook-endpoints/" + created.id()))
                .header("Cache-Control", "no-store")
                .build();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @PUT
    @Path("/webhook-endpoints/{endpoint_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(
            operationId = "putWebhookEndpoint",
            summary = "Change a webhook endpoint",
            description = "Once it listens elsewhere, or is enabled, what is pending is tried at once.")
    public WebhookEndpointAnswer put(@PathParam("endpoint_id") String id, @NotNull @Valid Change request) {
        return changed(id, (endpoint, now) -> {
            change(endpoint, request, now);
            endpoints.flush();
            endpoints.hurry(endpoint.endpointId, now);
            Waiting waiting = endpoints
                    .waiting(List.of(endpoint.endpointId))
                    .getOrDefault(endpoint.endpointId, Waiting.none(endpoint.endpointId));
            return WebhookEndpointAnswer.of(endpoint, waiting, now);
        });
    }

    private void change(WebhookEndpoint endpoint, Change request, Instant now) {
        if (request.url != null) {
            endpoint.url = request.url.orElseThrow();
            TargetUrl.checked(endpoint.url, settings.allowPrivateTargets());
        }
        if (request.name != null) {
            endpoint.name = request.name.orElse(null);
        }
        if (request.types != null) {
            endpoint.want(request.types.orElse(List.of()));
        }
        if (request.enabled != null && request.enabled.orElseThrow()) {
            endpoint.enable();
        } else if (request.enabled != null) {
            endpoint.disable(now);
        }
        endpoint.updatedAt = now;
    }

    @DELETE
    @Path("/webhook-endpoints/{endpoint_id}")
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(
            operationId = "deleteWebhookEndpoint",
            summary = "Delete a webhook endpoint",
            description = "It gets nothing any more. What is under way may still arrive.")
    @APIResponse(responseCode = "204", description = "Deleted.")
    public void delete(@PathParam("endpoint_id") String id) {
        changed(id, (endpoint, now) -> {
            endpoint.delete(now);
            return endpoint;
        });
    }

    @POST
    @Path("/webhook-endpoints/{endpoint_id}/rotate")
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Give a webhook endpoint a new secret",
            description =
                    "The answer is the only place where it is shown. For a day, unless the service is configured otherwise, deliveries are"
                            + " signed with the secret so far, too; with an earlier one no longer. No body.")
    public CreatedWebhookEndpoint rotate(@PathParam("endpoint_id") String id) {
        WebhookSecret secret = WebhookSecret.generate();
        return changed(id, (endpoint, now) -> {
            endpoint.rotate(secret, now.plus(settings.secretOverlap()), now);
            return CreatedWebhookEndpoint.of(endpoint, secret);
        });
    }

    private <A> A changed(String id, BiFunction<WebhookEndpoint, Instant, A> change) {
        caller.requireUnbound();
        UUID endpointId = EndpointId.parse(id);
        return QuarkusTransaction.requiringNew().call(() -> {
            WebhookEndpoint endpoint = endpointId == null ? null : endpoints.locked(endpointId);
            if (endpoint == null) {
                throw EndpointId.unknown(id);
            }
            return change.apply(endpoint, now());
        });
    }
}
