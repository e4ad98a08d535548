package ai.mavster.credits.recharge;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.PaymentsInBatch;
import java.util.Objects;
import java.util.UUID;

/** Ends a recharge that the provider has nothing of. Answers whether it was open. */
record EndUnpaid(String accountId, UUID rechargeId) implements RechargeCommand<Boolean>, OfRecharge {

    @Override
    public Class<Boolean> answerType() {
        return Boolean.class;
    }

    @Override
    public boolean isForClosedToo() {
        return true;
    }

    @Override
    public Change<Boolean> decide(RechargesInBatch state, AccountView account) {
        PaymentsInBatch payments = account.inBatch(PaymentsInBatch.class);
        Payment payment = Objects.requireNonNull(payments.payment(accountId, rechargeId));
        return payment.status().isOpen()
                ? Change.accepted(() -> {
                    payments.cancel(payment, account);
                    return true;
                })
                : Change.unchanged(false);
    }
}
