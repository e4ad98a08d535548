package ai.mavster.credits.event.webhook;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code webhook_queue}: an account's place in an endpoint's queue. */
@Entity
@Table(name = "webhook_queue")
@IdClass(WebhookQueue.Key.class)
class WebhookQueue {

    record Key(String accountId, UUID endpointId) {}

    @Id
    String accountId = "";

    @Id
    UUID endpointId = new UUID(0, 0);

    Instant dueAt = Instant.EPOCH;

    @Nullable
    UUID claimedBy;
}
