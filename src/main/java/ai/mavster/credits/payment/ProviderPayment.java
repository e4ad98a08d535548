package ai.mavster.credits.payment;

import ai.mavster.credits.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment as the provider has it at one moment.
 *
 * @param id the provider's own, such as Stripe's {@code pi_…}
 * @param purchase what it is for; null: it is none of this service's
 * @param amount what is to be paid, or was
 * @param refunded how much of it was given back in all; null: nothing
 * @param disputed how much of it is lost to disputes that are open or were lost; null: nothing
 * @param declineCode why it was declined, in the provider's word; null: it was not
 * @param confirmationUrl where the customer confirms it; null unless that is needed
 * @param createdAt by the provider's clock, as {@code paidAt}
 * @param paidAt null: it is not
 */
public record ProviderPayment(
        String id,
        @Nullable Purchase purchase,
        Status status,
        Money amount,
        @Nullable Money refunded,
        @Nullable Money disputed,
        @Nullable String declineCode,
        @Nullable String confirmationUrl,
        Instant createdAt,
        @Nullable Instant paidAt) {

    /** How far it is. */
    public enum Status {
        /** The provider works on it, or the customer has not paid yet: it may end either way. */
        PENDING,
        /** The customer has to confirm it. */
        CONFIRMATION_NEEDED,
        /** Paid, whatever became of it since. */
        PAID,
        /** Declined; the same payment is not tried again. */
        DECLINED,
        /** Ended without being paid: expired, or canceled. */
        CANCELED
    }
}
