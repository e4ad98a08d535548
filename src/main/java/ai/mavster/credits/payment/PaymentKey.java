package ai.mavster.credits.payment;

import java.util.UUID;

/** Which payment. */
record PaymentKey(String accountId, UUID paymentId) {}
