package ai.mavster.credits.account;

import ai.mavster.credits.Metadata;
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
