package ai.mavster.credits.subscription;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code subscription}, as far as it is searched. Decisions read it in the ledger's transactions. */
@Entity
@Immutable
@Table(name = "subscription")
class SubscriptionRow {

    @Id
    String accountId = "";

    String status = "";
    Instant periodEnd = Instant.EPOCH;
    boolean onTestClock;
}
