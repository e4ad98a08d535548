package ai.mavster.credits.payment.sandbox;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Payments. */
@Singleton
class SandboxPaymentRepository implements PanacheRepositoryBase<SandboxPaymentRow, String> {

    /** To be changed in this transaction. */
    @Nullable
    SandboxPaymentRow locked(String paymentId) {
        return findById(paymentId, LockModeType.PESSIMISTIC_WRITE);
    }

    List<SandboxPaymentRow> ofPurchase(UUID purchaseId) {
        return list("purchaseId = ?1 order by createdAt desc, paymentId desc", purchaseId);
    }

    @Nullable
    SandboxPaymentRow toConfirm(String confirmationId) {
        return find("confirmationId", confirmationId).firstResult();
    }

    /** Those that were created within a time and before one of them, newest first. */
    List<SandboxPaymentRow> newest(Instant from, Instant to, Instant beforeTime, String beforeId, int most) {
        return find(
                        "createdAt >= ?1 and createdAt < ?2 and (createdAt < ?3 or createdAt = ?3 and paymentId < ?4)"
                                + " order by createdAt desc, paymentId desc",
                        from,
                        to,
                        beforeTime,
                        beforeId)
                .page(0, most)
                .list();
    }
}
