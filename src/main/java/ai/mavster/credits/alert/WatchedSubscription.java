package ai.mavster.credits.alert;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code subscription}, as far as those are searched by it whose credits may run out. */
@Entity
@Immutable
@Table(name = "subscription")
class WatchedSubscription {

    @Id
    String accountId = "";

    String status = "";
    Instant periodStart = Instant.EPOCH;
    Instant periodEnd = Instant.EPOCH;
    boolean onTestClock;
}
