package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.ledger.AccountView;
import java.util.List;
import java.util.Optional;
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

    /** Those after a place in the list, which is of the newest first. */
    public static List<BudgetView> after(Cursor.@Nullable Place place, int most, AccountView account) {
        ToRead.Page page = ToRead.Page.after(account.accountId(), place, most);
        return account.inBatch(BudgetsInBatch.class).views(page, account);
    }

    /** Empty: there is none. */
    public static Optional<BudgetView> of(BudgetKey key, AccountView account) {
        return Optional.ofNullable(account.inBatch(BudgetsInBatch.class).view(key, account));
    }

    /** Its place in the list of the newest first. */
    public String cursor() {
        BudgetKey key = budget.key();
        return Cursor.of(budget.createdAt(), List.of(key.scope().id(), key.scopeId()));
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
