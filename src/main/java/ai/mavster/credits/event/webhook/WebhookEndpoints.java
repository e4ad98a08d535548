package ai.mavster.credits.event.webhook;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The webhook endpoints there are. */
@Singleton
public class WebhookEndpoints {

    private final WebhookEndpointRepository endpoints;

    WebhookEndpoints(WebhookEndpointRepository endpoints) {
        this.endpoints = endpoints;
    }

    /** Whether there is one of this id, be it disabled. */
    public boolean has(UUID endpointId) {
        return QuarkusTransaction.requiringNew().call(() -> endpoints.existing(endpointId)) != null;
    }
}
