package ai.mavster.credits.recharge;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code recharge}, for reading. Credits in millionths. */
@Entity
@Immutable
@Table(name = "recharge")
@IdClass(RechargeRow.Key.class)
class RechargeRow {

    record Key(String accountId, UUID rechargeId) {}

    @Id
    String accountId = "";

    @Id
    UUID rechargeId = new UUID(0, 0);

    String status = "";
    long credits;

    @Nullable
    String paymentMethod;

    Instant createdAt = Instant.EPOCH;

    @Nullable
    Instant endedAt;
}
