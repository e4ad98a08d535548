package ai.mavster.credits.payment;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Correction;
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
            case NONE -> recorded(payments, before, decided, account);
            case CREDIT -> credited(payments, before, account);
            case CLAIM -> claimed(payments, before, decided, account);
            case REINSTATE -> reinstated(payments, before, decided, account);
        };
    }

    private static Change<Done> recorded(
            PaymentsInBatch payments, Payment before, Decided decided, AccountView account) {
        Payment after = decided.payment();
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

    /** From one grant at a time: the rest is claimed afterwards. */
    private Change<Done> claimed(PaymentsInBatch payments, Payment before, Decided decided, AccountView account) {
        ClaimedGrant grant = ClaimedGrant.toClaim(payments.grantsOf(before));
        Credits credits = decided.credits().min(grant.claimable());
        Payment after = decided.claiming(before.claimed().plus(credits));
        return Change.clawingBack(
                new Correction.Clawback(accountId(), null, grant.grantId(), credits, texts(), author), clawback -> {
                    payments.put(grant.claiming(credits));
                    return done(payments.put(before, after, account), decided);
                });
    }

    private Change<Done> reinstated(PaymentsInBatch payments, Payment before, Decided decided, AccountView account) {
        ClaimedGrant grant = ClaimedGrant.toReinstate(payments.grantsOf(before));
        Credits credits = decided.credits().min(grant.reinstatable());
        Payment after = decided.claiming(before.claimed().minus(credits));
        return Change.reinstating(
                new Correction.Reinstatement(accountId(), null, grant.grantId(), credits, null, texts(), author),
                reinstatement -> {
                    payments.put(
                            ClaimedGrant.next(before, payments.grantsOf(before), reinstatement.postingId(), credits));
                    payments.put(grant.reinstating(credits));
                    return done(payments.put(before, after, account), decided);
                });
    }

    private static Done done(Payment after, Decided decided) {
        return new Done(
                after,
                decided.finding(),
                !after.claimed().equals(decided.payment().claimed()));
    }

    /** The provider's id, by which people find it there. */
    private Texts texts() {
        return new Texts(state.id(), null, null);
    }

    /** What was refunded or disputed by then is claimed afterwards: a change has one effect. */
    private Change<Done> credited(PaymentsInBatch payments, Payment before, AccountView account) {
        Command.Grant grant = new Command.Grant(
                accountId(), null, GrantKind.TOP_UP, before.credits(), before.price(), null, false, texts(), author);
        boolean more = state.refunded() != null || state.disputed() != null;
        return Change.granting(grant, topUp -> {
            Payment after = before.settled(topUp.postingId(), null, state, fetchedAt);
            return new Done(payments.put(before, after, account), null, more);
        });
    }
}
