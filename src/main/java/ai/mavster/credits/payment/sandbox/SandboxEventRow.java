package ai.mavster.credits.payment.sandbox;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What is to be announced, from when on. */
@Entity
@Table(name = "sandbox_event")
class SandboxEventRow {

    @Id
    String eventId = "";

    String type = "";
    String objectId = "";
    Instant createdAt = Instant.EPOCH;
    Instant dueAt = Instant.EPOCH;
}
