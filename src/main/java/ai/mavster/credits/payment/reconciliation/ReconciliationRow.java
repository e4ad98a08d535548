package ai.mavster.credits.payment.reconciliation;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A reconciliation, under way or over. */
@Entity
@Table(name = "reconciliation")
class ReconciliationRow {

    @Id
    UUID reconciliationId = new UUID(0, 0);

    String provider = "";
    String status = "";
    Instant rangeStart = Instant.EPOCH;
    Instant rangeEnd = Instant.EPOCH;
    boolean deep;
    Instant startedAt = Instant.EPOCH;
    Instant claimedUntil = Instant.EPOCH;

    @Nullable
    Instant finishedAt;

    long compared;
    long repaired;
    long unexplained;

    @Nullable
    String detail;
}
