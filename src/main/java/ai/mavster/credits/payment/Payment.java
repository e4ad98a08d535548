package ai.mavster.credits.payment;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is bought, and how far its payment is. Times are real ones.
 *
 * @param providerPaymentId which of the provider's payments it is; null: none is known
 * @param paidAt null: it is not
 * @param grantId the top-up; null unless it is {@link Status#PAID}
 * @param finding why it is paid and not credited; null unless it is {@link Status#UNCREDITED}
 * @param refunded how much of the price was given back in all, in major units
 * @param disputed how much of it is lost to disputes that are open or were lost
 * @param claimed how many of the credits were claimed back for that
 * @param declineCode why it was declined, in the provider's word; null: it was not
 * @param fetchedAt when the provider was asked for the state that was applied last; null: none was
 * @param confirmationUrl where the customer confirms it; null unless that is needed
 */
public record Payment(
        Purchase purchase,
        Credits credits,
        Money price,
        PaymentGateway.Provider provider,
        Instant orderedAt,
        Status status,
        @Nullable String providerPaymentId,
        @Nullable Instant paidAt,
        @Nullable UUID grantId,
        @Nullable Finding finding,
        BigDecimal refunded,
        BigDecimal disputed,
        Credits claimed,
        @Nullable String declineCode,
        @Nullable Instant fetchedAt,
        @Nullable String confirmationUrl) {

    /** How far it is. */
    public enum Status {
        /** Nothing is known yet, or the provider works on it: it may end either way. */
        PENDING,
        /** The customer has to confirm it. */
        CONFIRMATION_NEEDED,
        /** Paid, and credited by one top-up, whatever became of the money since. */
        PAID,
        /** Paid, and not credited. */
        UNCREDITED,
        /** Declined. */
        FAILED,
        /** Ended without being paid. */
        CANCELED;

        /** As in the database and in JSON: {@code paid}. */
        public String id() {
            return EnumId.of(this);
        }

        /** Whether the money has come in. */
        public boolean isSettled() {
            return this == PAID || this == UNCREDITED;
        }

        /** Whether it may still end either way. */
        public boolean isOpen() {
            return this == PENDING || this == CONFIRMATION_NEEDED;
        }
    }

    /** One that is not asked for at the provider yet. */
    static Payment ordered(
            Purchase purchase, Credits credits, Money price, PaymentGateway.Provider provider, Instant at) {
        return new Payment(
                purchase,
                credits,
                price,
                provider,
                at,
                Status.PENDING,
                null,
                null,
                null,
                null,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                Credits.ZERO,
                null,
                null,
                null);
    }

    public String accountId() {
        return purchase.accountId();
    }

    public UUID paymentId() {
        return purchase.id();
    }

    /** How much of the money is lost: what was both refunded and disputed counts once. */
    public BigDecimal lost() {
        return refunded.add(disputed).min(price.value());
    }

    /** Whether a person has to see to it: it was paid, not credited, and not given back either. */
    public boolean isUnexplained() {
        return finding != null && lost().compareTo(price.value()) < 0;
    }

    /** This one as the provider has it, where it is not paid. */
    Payment unpaid(Status now, ProviderPayment state, Instant fetched) {
        return new Payment(
                purchase,
                credits,
                price,
                provider,
                orderedAt,
                now,
                state.id(),
                null,
                null,
                null,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                Credits.ZERO,
                state.declineCode(),
                fetched,
                now == Status.CONFIRMATION_NEEDED ? state.confirmationUrl() : null);
    }

    /** Ended, without the provider having been asked. */
    Payment canceled() {
        return new Payment(
                purchase,
                credits,
                price,
                provider,
                orderedAt,
                Status.CANCELED,
                providerPaymentId,
                null,
                null,
                null,
                refunded,
                disputed,
                claimed,
                declineCode,
                fetchedAt,
                null);
    }

    /**
     * This one once the money has come in.
     *
     * @param topUp null: not credited, for this finding
     */
    Payment settled(@Nullable UUID topUp, @Nullable Finding why, ProviderPayment state, Instant fetched) {
        return new Payment(
                purchase,
                credits,
                price,
                provider,
                orderedAt,
                topUp == null ? Status.UNCREDITED : Status.PAID,
                state.id(),
                state.paidAt() == null ? fetched : state.paidAt(),
                topUp,
                why,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                claimed,
                null,
                fetched,
                null);
    }

    /** This one once so much of the money is lost, and so many of the credits are claimed for that. */
    Payment with(BigDecimal nowRefunded, BigDecimal nowDisputed, Credits nowClaimed, @Nullable Instant fetched) {
        return new Payment(
                purchase,
                credits,
                price,
                provider,
                orderedAt,
                status,
                providerPaymentId,
                paidAt,
                grantId,
                finding,
                nowRefunded,
                nowDisputed,
                nowClaimed,
                declineCode,
                fetched,
                confirmationUrl);
    }
}
