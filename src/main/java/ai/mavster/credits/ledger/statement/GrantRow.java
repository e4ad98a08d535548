package ai.mavster.credits.ledger.statement;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code credit_grant}, for reading. */
@Entity
@Immutable
@Table(name = "credit_grant")
@IdClass(GrantRow.Key.class)
class GrantRow {

    record Key(String accountId, UUID grantId) {}

    @Id
    String accountId = "";

    @Id
    UUID grantId = new UUID(0, 0);

    String kind = "";
    long credits;
    long remaining;

    @Nullable
    Instant expiresAt;

    Instant createdAt = Instant.EPOCH;
    long seq;

    @Nullable
    BigDecimal amount;

    @Nullable
    String currency;
}
