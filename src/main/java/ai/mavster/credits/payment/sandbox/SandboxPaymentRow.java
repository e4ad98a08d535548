package ai.mavster.credits.payment.sandbox;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.ProviderPayment.Status;
import ai.mavster.credits.payment.Purchase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payment of play money. */
@Entity
@Table(name = "sandbox_payment")
class SandboxPaymentRow {

    static final String DECLINE_CODE = "card_declined";

    @Id
    String paymentId = "";

    @Nullable
    UUID purchaseId;

    @Nullable
    String accountId;

    @Nullable
    String kind;

    BigDecimal amount = BigDecimal.ZERO;
    String currency = "";

    @Nullable
    String card;

    String status = "";

    @Nullable
    String confirmationId;

    Instant createdAt = Instant.EPOCH;

    @Nullable
    Instant settlesAt;

    @Nullable
    Instant paidAt;

    BigDecimal refunded = BigDecimal.ZERO;
    BigDecimal disputed = BigDecimal.ZERO;

    /** Where it is once time has done its part; one that it has changed is written with the transaction. */
    Status status(Instant now) {
        Status known = EnumId.parse(Status.class, status);
        if (known == Status.PENDING && settlesAt != null && !settlesAt.isAfter(now)) {
            become(Status.PAID, settlesAt);
            return Status.PAID;
        }
        return known;
    }

    void become(Status now, Instant at) {
        status = EnumId.of(now);
        paidAt = now == Status.PAID ? at : null;
        settlesAt = null;
    }

    boolean isCard(SandboxCard of) {
        return of.id().equals(card);
    }

    /** As the gateway answers it. */
    ProviderPayment state(Instant now, String confirmationUrls) {
        Status at = status(now);
        return new ProviderPayment(
                paymentId,
                purchase(),
                at,
                new Money(amount, currency),
                money(refunded),
                money(disputed),
                at == Status.DECLINED ? DECLINE_CODE : null,
                at == Status.CONFIRMATION_NEEDED && confirmationId != null ? confirmationUrls + confirmationId : null,
                createdAt,
                paidAt);
    }

    private @Nullable Purchase purchase() {
        return purchaseId == null || accountId == null || kind == null
                ? null
                : new Purchase(accountId, EnumId.parse(Purchase.Kind.class, kind), purchaseId);
    }

    private @Nullable Money money(BigDecimal value) {
        return value.signum() == 0 ? null : new Money(value, currency);
    }
}
