package ai.mavster.credits.ledger.proof;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** How the last proof of an account ended that the job made. */
@Entity
class LastProof {

    @Id
    String accountId = "";

    Instant provenAt = Instant.EPOCH;
    boolean passed;
    String failures = "";
}
