package ai.mavster.credits.renewal;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** That a subscription could not be renewed at the end of a period. Of no meaning once it is in another period. */
@Entity
class RenewalFailure {

    @Id
    String accountId = "";

    Instant periodEnd = Instant.EPOCH;

    /** The last time. */
    Instant failedAt = Instant.EPOCH;
}
