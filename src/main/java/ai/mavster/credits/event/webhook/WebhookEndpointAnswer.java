package ai.mavster.credits.event.webhook;

import ai.mavster.credits.event.EventType;
import ai.mavster.credits.event.webhook.WebhookEndpointRepository.Waiting;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An endpoint as callers see it: without its secret, and how deliveries to it go. */
@Schema(name = "WebhookEndpoint", examples = """
            {"id": "endpoint_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "url": "https://hooks.example.com/credits",\
             "name": "Production", "types": ["budget.exceeded", "credits.exhausted"], "account_id": null, "enabled": true,\
             "disabled_at": null, "disabled_reason": null, "pending": 2, "oldest_pending_at": "2026-11-21T18:40:10Z",\
             "failures": 1, "failing_since": "2026-11-21T18:40:11Z", "last_success_at": "2026-11-21T18:39:02Z",\
             "last_failure_at": "2026-11-21T18:40:11Z", "last_failure": "status 500", "previous_secret_until": null,\
             "created_at": "2026-11-21T18:39:00Z", "updated_at": "2026-11-21T18:39:00Z"}""")
record WebhookEndpointAnswer(
        @Schema(examples = "endpoint_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
        String id,

        String url,
        @Nullable String name,

        @Schema(description = "Of which events; empty: of all.")
        List<EventType> types,

        @Schema(description = "Of whose events; null: of all accounts.") @Nullable
        String accountId,

        boolean enabled,
        @Nullable Instant disabledAt,

        @Schema(
                enumeration = {"request", "gone", "failing"},
                description =
                        "request: somebody wanted it so. gone: it has answered 410. failing: nothing was taken for three days, unless the"
                                + " service is configured otherwise.")
        @Nullable
        String disabledReason,

        @Schema(description = "How many events it is still to get.")
        long pending,

        @Schema(description = "Since when it is to get the oldest of them; null: there is none.") @Nullable
        Instant oldestPendingAt,

        @Schema(description = "How many attempts have failed since the last that did not.")
        long failures,

        @Nullable Instant failingSince,

        @Schema(description = "To about ten seconds.") @Nullable
        Instant lastSuccessAt,

        @Nullable Instant lastFailureAt,

        @Schema(description = "What was wrong then: a status, or what kept it from being answered.") @Nullable
        String lastFailure,

        @Schema(
                description =
                        "Until when deliveries are signed with the secret before this one, too; null: they are not.")
        @Nullable
        Instant previousSecretUntil,

        Instant createdAt,
        Instant updatedAt) {

    static WebhookEndpointAnswer of(WebhookEndpoint endpoint, Waiting waiting, Instant now) {
        return new WebhookEndpointAnswer(
                EndpointId.of(endpoint.endpointId),
                endpoint.url,
                endpoint.name,
                endpoint.types(),
                endpoint.accountId,
                endpoint.enabled,
                endpoint.disabledAt,
                endpoint.disabledReason,
                waiting.pending(),
                waiting.oldest(),
                endpoint.failures,
                endpoint.failingSince,
                endpoint.lastSuccessAt,
                endpoint.lastFailureAt,
                endpoint.lastFailure,
                endpoint.previousSecretUntil(now),
                endpoint.createdAt,
                endpoint.updatedAt);
    }
}
