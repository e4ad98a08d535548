package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.Purchase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payment as the last reconciliation that came by found it. */
@Entity
@Table(name = "reconciled_payment")
@IdClass(ReconciledPaymentRow.Key.class)
class ReconciledPaymentRow {

    record Key(String providerPaymentId, String provider) {}

    @Id
    String providerPaymentId = "";

    @Id
    String provider = "";

    String accountId = "";
    UUID paymentId = new UUID(0, 0);
    String purpose = "";
    BigDecimal amount = BigDecimal.ZERO;
    String currency = "";
    BigDecimal refunded = BigDecimal.ZERO;
    BigDecimal disputed = BigDecimal.ZERO;

    @Nullable
    Long credits;

    @Nullable
    Long claimed;

    String status = "";

    @Nullable
    String reason;

    Instant createdAt = Instant.EPOCH;
    Instant comparedAt = Instant.EPOCH;

    /** As the provider has it, beside what is here of it. */
    static ReconciledPaymentRow of(PaymentGateway.Provider provider, ProviderPayment state, @Nullable Payment here) {
        ReconciledPaymentRow row = new ReconciledPaymentRow();
        row.providerPaymentId = state.id();
        row.provider = provider.id();
        row.purchase(Objects.requireNonNull(state.purchase()));
        row.amount = state.amount().value();
        row.currency = state.amount().currency();
        row.refunded = Comparison.value(state.refunded());
        row.disputed = Comparison.value(state.disputed());
        row.createdAt = state.createdAt();
        if (here != null) {
            row.credits = here.credits().millionths();
            row.claimed = here.claimed().millionths();
        }
        return row;
    }

    private void purchase(Purchase purchase) {
        accountId = purchase.accountId();
        paymentId = purchase.id();
        purpose = purchase.kind().id();
    }

    /** Compared at a time, with this result. */
    ReconciledPaymentRow found(@Nullable Reason difference, Instant at) {
        status = (difference == null ? ReconciledStatus.MATCHED : difference.status()).id();
        reason = difference == null ? null : difference.id();
        comparedAt = at;
        return this;
    }

    boolean is(ReconciledStatus one) {
        return status.equals(one.id());
    }

    ReconciledStatus status() {
        return EnumId.parse(ReconciledStatus.class, status);
    }

    /** That it was repaired stays to be seen, as long as nothing else is wrong with it. */
    void takeOver(ReconciledPaymentRow now) {
        accountId = now.accountId;
        paymentId = now.paymentId;
        purpose = now.purpose;
        amount = now.amount;
        currency = now.currency;
        refunded = now.refunded;
        disputed = now.disputed;
        credits = now.credits;
        claimed = now.claimed;
        createdAt = now.createdAt;
        comparedAt = now.comparedAt;
        if (!now.is(ReconciledStatus.MATCHED) || !is(ReconciledStatus.REPAIRED)) {
            status = now.status;
            reason = now.reason;
        }
    }
}
