package ai.mavster.credits.renewal;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code subscription}, as far as due ones are searched by it. Decisions read it in the ledger's transactions.
 */
@Entity
@Immutable
@Table(name = "subscription")
class DueSubscription {

    @Id
    String accountId = "";

    String planId = "";
    String status = "";
    int periodIndex;
    Instant periodEnd = Instant.EPOCH;
    int billedFrom;
    boolean cancelAtPeriodEnd;

    @Nullable
    Instant paidUntil;

    boolean onTestClock;
}
