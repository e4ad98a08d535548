package ai.mavster.credits.payment;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code payment}, for lists that join it. */
@Entity
@Immutable
@Table(name = "payment")
@IdClass(PaymentRow.Key.class)
public class PaymentRow {

    record Key(String accountId, UUID paymentId) {}

    @Id
    String accountId = "";

    @Id
    UUID paymentId = new UUID(0, 0);

    String purpose = "";
    long credits;
    BigDecimal amount = BigDecimal.ZERO;
    String currency = "";
    String provider = "";
    Instant orderedAt = Instant.EPOCH;
    String status = "";

    @Nullable
    String providerPaymentId;

    @Nullable
    Instant paidAt;

    @Nullable
    UUID grantId;

    @Nullable
    String finding;

    BigDecimal refunded = BigDecimal.ZERO;
    BigDecimal disputed = BigDecimal.ZERO;
    long claimed;

    @Nullable
    String declineCode;

    @Nullable
    Instant fetchedAt;

    @Nullable
    String confirmationUrl;

    /** What it says. */
    public Payment payment() {
        return new Payment(
                new Purchase(accountId, EnumId.parse(Purchase.Kind.class, purpose), paymentId),
                new Credits(credits),
                new Money(amount, currency),
                EnumId.parse(PaymentGateway.Provider.class, provider),
                orderedAt,
                EnumId.parse(Payment.Status.class, status),
                providerPaymentId,
                paidAt,
                grantId,
                finding == null ? null : EnumId.parse(Finding.class, finding),
                refunded,
                disputed,
                new Credits(claimed),
                declineCode,
                fetchedAt,
                confirmationUrl);
    }
}
