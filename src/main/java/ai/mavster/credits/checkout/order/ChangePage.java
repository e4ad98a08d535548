package ai.mavster.credits.checkout.order;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.payment.OfPayment;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records what has become of a checkout's page at the provider: it was made, or closed. Repeating it changes nothing.
 *
 * @param made null: it is closed
 */
record ChangePage(String accountId, UUID checkoutId, Checkout.@Nullable PaymentPage made)
        implements Command.OfFeature<CheckoutsInBatch, Checkout>, OfPayment {

    @Override
    public UUID paymentId() {
        return checkoutId;
    }

    @Override
    public Class<CheckoutsInBatch> decidedWith() {
        return CheckoutsInBatch.class;
    }

    @Override
    public Class<Checkout> answerType() {
        return Checkout.class;
    }

    /** The account may have been closed while the page was made. */
    @Override
    public boolean isForClosedToo() {
        return true;
    }

    @Override
    public Change<Checkout> decide(CheckoutsInBatch checkouts, AccountView account) {
        Checkout before = checkouts.checkout(accountId, checkoutId);
        if (before == null) {
            throw new IllegalStateException("There is no checkout " + checkoutId);
        }
        Checkout after = made == null ? before.pageClosed() : before.page() == null ? before.at(made) : before;
        return after.equals(before)
                ? Change.unchanged(before)
                : Change.accepted(() -> {
                    checkouts.put(after);
                    return after;
                });
    }
}
