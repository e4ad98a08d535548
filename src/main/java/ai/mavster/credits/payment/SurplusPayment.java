package ai.mavster.credits.payment;

import ai.mavster.credits.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A further payment at the provider for what is paid already.
 *
 * @param refunded how much of it was given back, in major units; {@code disputed} likewise
 */
record SurplusPayment(
        String accountId,
        UUID paymentId,
        String providerPaymentId,
        Money amount,
        Instant paidAt,
        BigDecimal refunded,
        BigDecimal disputed,
        Instant fetchedAt) {

    /** Whether it was not given back. */
    boolean isUnexplained() {
        return refunded.add(disputed).compareTo(amount.value()) < 0;
    }
}
