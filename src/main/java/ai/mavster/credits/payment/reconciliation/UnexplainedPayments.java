package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.Money;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Payments at the provider that do not agree with what is here, and that a person has to see to. For pages. */
@Singleton
public class UnexplainedPayments {

    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final ReconciledPaymentRepository payments;

    UnexplainedPayments(ReconciledPaymentRepository payments) {
        this.payments = payments;
    }

    /**
     * One of them.
     *
     * @param id the provider's
     * @param accountId whose it is by what the provider says: there may be none of this id
     * @param reason in what it differs
     */
    public record Unexplained(
            String id,
            String provider,
            String accountId,
            Money amount,
            @Nullable String reason,
            Instant createdAt,
            Instant comparedAt) {}

    /** The newest first, by the provider's clock. */
    public List<Unexplained> newestFirst(int most) {
        ReconciledPaymentRepository.Filter filter =
                new ReconciledPaymentRepository.Filter(Instant.EPOCH, END, ReconciledStatus.UNEXPLAINED);
        return payments.before(filter, END, "", most).stream()
                .map(row -> new Unexplained(
                        row.providerPaymentId,
                        row.provider,
                        row.accountId,
                        new Money(row.amount, row.currency),
                        row.reason,
                        row.createdAt,
                        row.comparedAt))
                .toList();
    }
}
