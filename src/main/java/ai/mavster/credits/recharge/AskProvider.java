package ai.mavster.credits.recharge;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.PaymentsInBatch;
import ai.mavster.credits.recharge.terms.NextStep;
import ai.mavster.credits.recharge.terms.RechargeState;
import ai.mavster.credits.recharge.terms.RechargeState.Heard;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * Decides what is to be done about a recharge now, and writes down before the provider is asked for money that it is
 * going to be; or ends one that it was never asked for.
 */
record AskProvider(String accountId, UUID rechargeId, Duration expiresAfter)
        implements RechargeCommand<Recharges.Work>, OfRecharge {

    @Override
    public Class<Recharges.Work> answerType() {
        return Recharges.Work.class;
    }

    /** What is under way is ended. */
    @Override
    public boolean isForClosedToo() {
        return true;
    }

    @Override
    public Change<Recharges.Work> decide(RechargesInBatch state, AccountView account) {
        Recharge recharge = Objects.requireNonNull(state.recharge(accountId, rechargeId));
        PaymentsInBatch payments = account.inBatch(PaymentsInBatch.class);
        Payment payment = Objects.requireNonNull(payments.payment(accountId, rechargeId));
        NextStep step = NextStep.of(
                recharge.status(),
                payment.orderedAt(),
                recharge.askedAt(),
                state.now(),
                expiresAfter,
                account.closedAt() != null);
        Recharges.Work work = new Recharges.Work(step, payment, recharge.paymentMethod());
        return switch (step) {
            case CHARGE -> asking(recharge, state, work);
            case EXPIRE ->
                Change.accepted(() -> {
                    payments.cancel(payment, account);
                    return work;
                });
            case LOOK_UP, CANCEL, NONE -> Change.unchanged(work);
        };
    }

    private static Change<Recharges.Work> asking(Recharge recharge, RechargesInBatch state, Recharges.Work work) {
        Recharge asked = recharge.asked(RechargeState.after(recharge.status(), Heard.ASKED), state.now());
        return asked.equals(recharge)
                ? Change.unchanged(work)
                : Change.accepted(() -> {
                    state.put(asked);
                    return work;
                });
    }
}
