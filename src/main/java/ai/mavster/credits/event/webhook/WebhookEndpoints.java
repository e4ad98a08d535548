package ai.mavster.credits.event.webhook;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The webhook endpoints there are. */
@Singleton
public class WebhookEndpoints {

    private final WebhookEndpointRepository endpoints;

    WebhookEndpoints(WebhookEndpointRepository endpoints) {
        this.endpoints = endpoints;
    }

    /** Where it listens, be it disabled; null: there is none. */
    public @Nullable WebhookTarget target(UUID endpointId, Instant now) {
        WebhookEndpoint endpoint = QuarkusTransaction.requiringNew().call(() -> endpoints.existing(endpointId));
        return endpoint == null ? null : endpoint.target(now);
    }

    /** Whether there is one of this id, be it disabled. */
    public boolean has(UUID endpointId) {
        return QuarkusTransaction.requiringNew().call(() -> endpoints.existing(endpointId)) != null;
    }

    /**
     * An endpoint that takes nothing.
     *
     * @param disabledReason null: it is enabled, and fails
     * @param since when it was disabled, or began to fail
     * @param lastFailure in words; null: there was none
     */
    public record InTrouble(
            String id,
            @Nullable String name,
            String url,
            @Nullable String accountId,
            @Nullable String disabledReason,
            @Nullable Instant since,
            @Nullable String lastFailure) {}

    /** Those that were disabled because of what they answered, or have been failing for a while; so many at most. */
    public List<InTrouble> inTrouble(Instant failingBefore, int most) {
        return QuarkusTransaction.requiringNew().call(() -> endpoints.inTrouble(failingBefore, most)).stream()
                .map(endpoint -> new InTrouble(
                        EndpointId.of(endpoint.endpointId),
                        endpoint.name,
                        endpoint.url,
                        endpoint.accountId,
                        endpoint.disabledReason,
                        endpoint.enabled ? endpoint.failingSince : endpoint.disabledAt,
                        endpoint.lastFailure))
                .toList();
    }
}
