package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code alert}, for reading. Amounts in millionths. */
@Entity
@Immutable
@Table(name = "alert")
@IdClass(AlertRow.Key.class)
class AlertRow {

    record Key(String accountId, UUID alertId) {}

    @Id
    String accountId = "";

    @Id
    UUID alertId = new UUID(0, 0);

    String scope = "";
    String scopeId = "";

    @Nullable
    BigDecimal threshold;

    @Nullable
    Long used;

    @Nullable
    Long usedOf;

    @Nullable
    Instant windowStart;

    Instant toldAt = Instant.EPOCH;

    Alert alert() {
        return new Alert(
                accountId,
                alertId,
                EnumId.parse(AlertScope.class, scope),
                scopeId,
                threshold,
                used == null ? null : new Credits(used),
                usedOf == null ? null : new Credits(usedOf),
                windowStart,
                toldAt);
    }
}
