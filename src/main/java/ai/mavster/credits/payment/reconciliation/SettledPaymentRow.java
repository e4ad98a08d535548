package ai.mavster.credits.payment.reconciliation;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code payment}, for reading: what a reconciliation goes by. */
@Entity
@Immutable
@Table(name = "payment")
@IdClass(SettledPaymentRow.Key.class)
class SettledPaymentRow {

    record Key(String accountId, UUID paymentId) {}

    @Id
    String accountId = "";

    @Id
    UUID paymentId = new UUID(0, 0);

    String provider = "";
    String status = "";
    String purpose = "";
    BigDecimal amount = BigDecimal.ZERO;
    String currency = "";
    BigDecimal refunded = BigDecimal.ZERO;
    BigDecimal disputed = BigDecimal.ZERO;
    long credits;
    long claimed;

    @Nullable
    String providerPaymentId;

    @Nullable
    Instant paidAt;
}
