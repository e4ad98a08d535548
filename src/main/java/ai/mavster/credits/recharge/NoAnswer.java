package ai.mavster.credits.recharge;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.recharge.terms.RechargeState;
import ai.mavster.credits.recharge.terms.RechargeState.Heard;
import ai.mavster.credits.recharge.terms.RechargeStatus;
import java.util.Objects;
import java.util.UUID;

/** Writes down that the provider gave no answer. Answers whether that is news. */
record NoAnswer(String accountId, UUID rechargeId) implements RechargeCommand<Boolean>, OfRecharge {

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
        Recharge recharge = Objects.requireNonNull(state.recharge(accountId, rechargeId));
        RechargeStatus after = RechargeState.after(recharge.status(), Heard.NO_ANSWER);
        return after == recharge.status()
                ? Change.unchanged(false)
                : Change.accepted(() -> {
                    state.put(recharge.at(after, account.asOf()));
                    return true;
                });
    }
}
