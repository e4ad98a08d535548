package ai.mavster.credits.account;

import jakarta.persistence.Column;
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

    /** The name as it is searched for; made by the database. */
    @Column(insertable = false, updatable = false)
    @Nullable
    String searchedName;

    /** The mail address likewise. */
    @Column(insertable = false, updatable = false)
    @Nullable
    String searchedEmail;

    Instant createdAt = Instant.EPOCH;
    Instant updatedAt = Instant.EPOCH;
}
