package ai.mavster.credits.recharge;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Of a row of {@code payment} what a recharge shows. The amount in major units. */
@Entity
@Immutable
@Table(name = "payment")
@IdClass(RechargePaymentRow.Key.class)
class RechargePaymentRow {

    record Key(String accountId, UUID paymentId) {}

    @Id
    String accountId = "";

    @Id
    UUID paymentId = new UUID(0, 0);

    BigDecimal amount = BigDecimal.ZERO;
    String currency = "";

    @Nullable
    UUID grantId;

    @Nullable
    String declineCode;

    @Nullable
    String confirmationUrl;
}
