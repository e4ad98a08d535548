package ai.mavster.credits.renewal;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A monthly grant's decision, for reading. Amounts in millionths. */
@Entity
@Immutable
@IdClass(Renewal.Key.class)
class Renewal {

    record Key(String accountId, Instant periodStart) {}

    @Id
    String accountId = "";

    @Id
    Instant periodStart = Instant.EPOCH;

    Instant periodEnd = Instant.EPOCH;
    int periodIndex;
    String planId = "";
    int planVersion;
    String outcome = "";
    long granted;
    long withheld;
    long balanceBefore;

    @Nullable
    Long cap;

    String reason = "";

    @Nullable
    UUID grantId;

    Instant decidedAt = Instant.EPOCH;
}
