package ai.mavster.credits.payment;

import ai.mavster.credits.ledger.Fact;

/**
 * A payment is not as it was. Its top-up, and what was claimed of it, were posted before this is heard.
 *
 * @param before as it was; the same status, where only what was refunded, disputed or claimed is another
 */
public record PaymentChanged(Payment before, Payment payment) implements Fact {}
