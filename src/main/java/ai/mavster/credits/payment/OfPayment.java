package ai.mavster.credits.payment;

import java.util.UUID;

/** A command that is about a payment, which is read with its batch: any other is read once it is asked for. */
public interface OfPayment {

    String accountId();

    UUID paymentId();
}
