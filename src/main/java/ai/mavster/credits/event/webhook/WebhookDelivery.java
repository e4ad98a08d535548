package ai.mavster.credits.event.webhook;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code webhook_delivery}, for reading: an event that an endpoint is to get, or has got. */
@Entity
@Immutable
@Table(name = "webhook_delivery")
@IdClass(WebhookDelivery.Key.class)
public class WebhookDelivery {

    /** An event of an account, and who is to get it. */
    public record Key(String accountId, UUID endpointId, long sequence) {}

    @Id
    String accountId = "";

    @Id
    UUID endpointId = new UUID(0, 0);

    @Id
    long sequence;

    String status = "";
    int attempts;
    Instant createdAt = Instant.EPOCH;

    @Nullable
    Instant finishedAt;
}
