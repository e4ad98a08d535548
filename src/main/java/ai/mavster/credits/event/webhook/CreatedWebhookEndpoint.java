package ai.mavster.credits.event.webhook;

import ai.mavster.credits.event.EventType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An endpoint with a secret that was made just now. */
@Schema(
        name = "CreatedWebhookEndpoint",
        description = "An endpoint with a secret that was made just now.",
        examples = """
            {"id": "endpoint_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=",\
             "previous_secret_until": null, "url": "https://hooks.example.com/credits", "name": "Production",\
             "types": ["budget.exceeded", "credits.exhausted"], "account_id": null, "enabled": true,\
             "created_at": "2026-11-21T18:39:00Z", "updated_at": "2026-11-21T18:39:00Z"}""")
record CreatedWebhookEndpoint(
        @Schema(examples = "endpoint_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
        String id,

        @Schema(
                description = "What deliveries are signed with. It is shown this once.",
                examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=")
        String secret,

        @Schema(description = "Until when the secret before this one is good, too; null: there was none.") @Nullable
        Instant previousSecretUntil,

        String url,
        @Nullable String name,

        @Schema(description = "Of which events; empty: of all.")
        List<EventType> types,

        @Schema(description = "Of whose events; null: of all accounts.") @Nullable
        String accountId,

        boolean enabled,
        Instant createdAt,
        Instant updatedAt) {

    static CreatedWebhookEndpoint of(WebhookEndpoint endpoint, WebhookSecret secret) {
        return new CreatedWebhookEndpoint(
                EndpointId.of(endpoint.endpointId),
                secret.text(),
                endpoint.previousSecretUntil,
                endpoint.url,
                endpoint.name,
                endpoint.types(),
                endpoint.accountId,
                endpoint.enabled,
                endpoint.createdAt,
                endpoint.updatedAt);
    }

    /** Not the secret: it must not come into a log. */
    @Override
    public String toString() {
        return id;
    }
}
