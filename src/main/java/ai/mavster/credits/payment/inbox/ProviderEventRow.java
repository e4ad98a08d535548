package ai.mavster.credits.payment.inbox;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code provider_event}, for reading. */
@Entity
@Immutable
@Table(name = "provider_event")
@IdClass(ProviderEventRow.Key.class)
class ProviderEventRow {

    record Key(String eventId, String provider) {}

    @Id
    String eventId = "";

    @Id
    String provider = "";

    String type = "";
    String objectId = "";
    Instant createdAt = Instant.EPOCH;
    Instant receivedAt = Instant.EPOCH;
    String status = "";
    int attempts;

    @Nullable
    Instant dueAt;

    @Nullable
    Instant processedAt;

    @Nullable
    String accountId;

    @Nullable
    String detail;
}
