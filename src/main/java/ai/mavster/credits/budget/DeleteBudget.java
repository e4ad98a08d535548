package ai.mavster.credits.budget;

import ai.mavster.credits.budget.AccountBudgets.Counter;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Command;

/** Takes a budget away: nothing is refused by it any more, and it counts nothing. */
public record DeleteBudget(BudgetKey key) implements Command.OfFeature<BudgetsInBatch, BudgetKey> {

    @Override
    public String accountId() {
        return key.accountId();
    }

    @Override
    public Class<BudgetsInBatch> decidedWith() {
        return BudgetsInBatch.class;
    }

    @Override
    public Class<BudgetKey> answerType() {
        return BudgetKey.class;
    }

    @Override
    public Change<BudgetKey> decide(BudgetsInBatch state, AccountView account) {
        AccountBudgets budgets = state.of(accountId());
        Counter counter = budgets.counter(key);
        Budget budget = counter.budget();
        if (budget == null) {
            return Change.refused(BudgetRefusals.none(key));
        }
        return Change.accepted(() -> {
            budgets.delete(counter, budget);
            account.publish(new BudgetChanged(key));
            return key;
        });
    }
}
