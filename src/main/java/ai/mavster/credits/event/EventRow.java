package ai.mavster.credits.event;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A row of {@code event}, for reading. */
@Entity
@Immutable
@Table(name = "event")
@IdClass(EventRow.Key.class)
class EventRow {

    record Key(String accountId, long sequence) {}

    @Id
    String accountId = "";

    @Id
    long sequence;

    UUID eventId = new UUID(0, 0);
    String type = "";
    short version;
    Instant occurredAt = Instant.EPOCH;

    /** JSON. */
    @ColumnTransformer(read = "cast(data as text)")
    String data = "{}";
}
