package ai.mavster.credits.account;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who owns credits. */
@Entity
class Account {

    @Id
    String accountId = "";

    @Nullable
    String name;

    @Nullable
    String billingEmail;

    Instant createdAt = Instant.EPOCH;
    Instant updatedAt = Instant.EPOCH;
}
