package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.AccountBudgets.Counter;
import ai.mavster.credits.budget.window.Window;
import ai.mavster.credits.budget.window.WindowKind;
import ai.mavster.credits.ledger.AccountView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The percents of its plan's allotment at which an account has an alert: what is configured, unless it has some of its own.
 * Those are kept as a budget of the scope plan, which goes on counting while there is no allotment.
 */
public final class PlanThresholds {

    private PlanThresholds() {}

    /** Those of an account, lowest first; empty: none. */
    public static List<BigDecimal> of(AccountView account) {
        BudgetsInBatch state = account.inBatch(BudgetsInBatch.class);
        return state.ofPlan(plan(state, account)).percents();
    }

    /**
     * Sets others from now on. What has been used and raised no alert under those before raises it at
     * once. Only while a change is made, of an account of which {@link #of} was asked in the decision.
     *
     * @param percents each above zero; empty: none, null: what is configured
     * @return those that count now
     */
    public static List<BigDecimal> set(AccountView account, @Nullable List<BigDecimal> percents) {
        BudgetsInBatch state = account.inBatch(BudgetsInBatch.class);
        AccountBudgets budgets = state.of(account.accountId());
        Counter plan = plan(state, account);
        PlanAllotment allotment = PlanAllotment.of(account);
        BudgetWindow counted = counted(budgets, plan, allotment, account);
        Thresholds before = state.ofPlan(plan);
        put(budgets, plan, percents, account.asOf());
        Thresholds after = state.ofPlan(plan);
        if (!after.equals(before)) {
            Credits limit = allotment == null ? null : allotment.limit();
            BudgetWindow set = counted.limitedTo(limit);
            budgets.count(plan, set);
            set.publish(
                    after.reached(limit, set.used()), before.reached(counted.limit(), counted.peak()), null, account);
        } else {
            budgets.count(plan, counted);
        }
        return after.percents();
    }

    private static void put(AccountBudgets budgets, Counter plan, @Nullable List<BigDecimal> percents, Instant now) {
        Budget own = plan.budget();
        if (percents != null) {
            Instant createdAt = own == null ? now : own.createdAt();
            budgets.set(
                    plan,
                    new Budget(
                            plan.key(),
                            null,
                            Thresholds.of(percents),
                            WindowKind.BILLING_PERIOD,
                            null,
                            createdAt,
                            now));
        } else if (own != null) {
            budgets.unset(plan, own);
        }
    }

    private static Counter plan(BudgetsInBatch state, AccountView account) {
        return state.of(account.accountId()).counter(BudgetKey.ofPlan(account.accountId()));
    }

    /**
     * What is counted of an allotment.
     *
     * @param allotment null: there is none, and it is counted by what else would be a billing period
     */
    static BudgetWindow counted(
            AccountBudgets budgets, Counter plan, @Nullable PlanAllotment allotment, AccountView account) {
        Window window = allotment == null ? budgets.now(WindowKind.BILLING_PERIOD, account) : allotment.period();
        return budgets.counted(plan, window, allotment == null ? null : allotment.limit());
    }
}
