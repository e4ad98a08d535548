package ai.mavster.credits.subscription;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** Of a row of {@code subscription} what it is listed by, for reading. */
@Entity
@Immutable
@Table(name = "subscription")
class SubscriptionRow {

    @Id
    String accountId = "";

    String status = "";
    Instant periodEnd = Instant.EPOCH;
    boolean onTestClock;
    Instant createdAt = Instant.EPOCH;
}
