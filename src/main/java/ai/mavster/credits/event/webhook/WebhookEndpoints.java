package ai.mavster.credits.event.webhook;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
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
}
