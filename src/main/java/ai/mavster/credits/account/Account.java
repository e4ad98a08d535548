package ai.mavster.credits.account;

import ai.mavster.credits.Metadata;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
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

    /** JSON. */
    @ColumnTransformer(read = "cast(metadata as text)", write = "cast(? as jsonb)")
    @Nullable
    private String metadata;

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

    @Nullable
    Metadata metadata() {
        return Metadata.ofJson(metadata);
    }

    void note(@Nullable Metadata pairs) {
        metadata = pairs == null ? null : pairs.json();
    }
}
