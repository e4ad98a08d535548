package ai.mavster.credits.payment;

import ai.mavster.credits.Author;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.Command;
import java.time.Instant;

/** The commands of payments, which other packages do not know, for tests that ask them of the ledger. */
public final class PaymentCommands {

    private PaymentCommands() {}

    /** A state of a purchase's one payment, fetched at an instant. */
    public static Command<?> apply(Purchase purchase, ProviderPayment.Status status, Money amount, Instant fetchedAt) {
        ProviderPayment state = new ProviderPayment(
                "payment-" + purchase.id(),
                purchase,
                status,
                amount,
                null,
                null,
                null,
                null,
                fetchedAt,
                status == ProviderPayment.Status.PAID ? fetchedAt : null);
        return new ApplyPayment(
                state, purchase, fetchedAt, true, new Author(Author.Type.PROVIDER_EVENT, "evt", "payment"));
    }

    /** How far the payment is then. */
    public static String status(Object answer) {
        ApplyPayment.Done done = (ApplyPayment.Done) answer;
        return done.payment() == null ? "none" : done.payment().status().id();
    }
}
