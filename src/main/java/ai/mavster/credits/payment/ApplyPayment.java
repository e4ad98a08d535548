package ai.mavster.credits.payment;

import ai.mavster.credits.Author;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Texts;
import ai.mavster.credits.payment.PaymentDecision.Decided;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes a payment what the provider has of it. Repeating it changes nothing; of several states the one that was fetched
 * last counts, in whichever order they come.
 *
 * @param state names a purchase
 * @param fits whether the credits fit into the balance: a try that was refused has shown that they do not
 */
record ApplyPayment(ProviderPayment state, Purchase purchase, Instant fetchedAt, boolean fits, Author author)
        implements Command.OfFeature<PaymentsInBatch, ApplyPayment.Done>, OfPayment {

    /**
     * @param more not all of the state is applied: it is to be applied once more
     */
    record Done(@Nullable Payment payment, @Nullable Finding finding, boolean more) {}

    @Override
    public String accountId() {
        return purchase.accountId();
    }

    @Override
    public UUID paymentId() {
        return purchase.id();
    }

    @Override
    public Class<PaymentsInBatch> decidedWith() {
        return PaymentsInBatch.class;
    }

    @Override
    public Class<Done> answerType() {
        return Done.class;
    }

    /** What is paid after the closing is recorded, so that it can be given back. */
    @Override
    public boolean isForClosedToo() {
        return true;
    }

    @Override
    public Change<Done> decide(PaymentsInBatch payments, AccountView account) {
        Payment before = payments.payment(accountId(), paymentId());
        if (before == null || !before.purchase().equals(purchase)) {
            return Change.unchanged(new Done(null, Finding.UNKNOWN_PURCHASE, false));
        }
        Decided decided = PaymentDecision.of(
                before, payments.surplusOf(before), state, fetchedAt, account.closedAt() != null, fits);
        return switch (decided.effect()) {
            case NONE, CLAIM, REINSTATE -> recorded(payments, before, decided, account);
            case CREDIT -> credited(payments, before, account);
        };
    }

    private static Change<Done> recorded(
            PaymentsInBatch payments, Payment before, Decided decided, AccountView account) {
        Payment after = decided.payment().claiming(before.claimed());
        Done done = new Done(after, decided.finding(), false);
        if (after.equals(before) && decided.surplus() == null) {
            return Change.unchanged(done);
        }
        return Change.accepted(() -> {
            if (decided.surplus() != null) {
                payments.put(decided.surplus());
            }
            if (!after.equals(before)) {
                payments.put(before, after, account);
            }
            return done;
        });
    }

    /** What was refunded or disputed by then is claimed afterwards: a change has one effect. */
    private Change<Done> credited(PaymentsInBatch payments, Payment before, AccountView account) {
        Command.Grant grant = new Command.Grant(
                accountId(),
                null,
                GrantKind.TOP_UP,
                before.credits(),
                before.price(),
                null,
                false,
                new Texts(state.id(), null, null),
                author);
        boolean more = state.refunded() != null || state.disputed() != null;
        return Change.granting(grant, topUp -> {
            Payment after = before.settled(topUp.postingId(), null, state, fetchedAt);
            return new Done(payments.put(before, after, account), null, more);
        });
    }
}
