package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A budget as of one moment.
 *
 * @param counted in the window of then
 * @param held what open holds reserve of it
 */
public record BudgetView(Budget budget, BudgetWindow counted, Credits held) {

    /** The budgets of an account, the whole account's first; of very many not all. */
    public static List<BudgetView> of(AccountView account) {
        return account.inBatch(BudgetsInBatch.class).views(account);
    }

    /** What is left of it, not below zero; null: it has no limit. */
    public @Nullable Credits remaining() {
        Credits limit = budget.usageLimit();
        return limit == null ? null : left(limit).max(Credits.ZERO);
    }

    /** Less than nothing where more is spent and held than the limit is by now. */
    Credits left(Credits limit) {
        return limit.minus(counted.used()).minus(held);
    }
}
