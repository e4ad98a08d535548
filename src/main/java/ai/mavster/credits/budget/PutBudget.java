package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.AccountBudgets.Counter;
import ai.mavster.credits.budget.window.Window;
import ai.mavster.credits.budget.window.WindowKind;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Command;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a budget what is requested; what is absent stays as it is, and is empty where it is to be cleared. A new one
 * counts what was used before it in its window, and what is held.
 *
 * @param usageLimit null: absent; the others likewise
 */
public record PutBudget(
        BudgetKey key,
        @Nullable Optional<Credits> usageLimit,
        @Nullable Optional<Thresholds> thresholds,
        @Nullable Optional<WindowKind> window,
        @Nullable Optional<String> billingEmail)
        implements Command.OfFeature<BudgetsInBatch, PutBudget.Done> {

    /** The budget, and whether there was none before. */
    public record Done(BudgetView view, boolean created) {}

    @Override
    public String accountId() {
        return key.accountId();
    }

    @Override
    public Class<BudgetsInBatch> decidedWith() {
        return BudgetsInBatch.class;
    }

    @Override
    public Class<Done> answerType() {
        return Done.class;
    }

    /** What the budget would be by it now. Of a question: nothing is changed. */
    public BudgetView preview(AccountView account) {
        AccountBudgets budgets = account.inBatch(BudgetsInBatch.class).of(accountId());
        Counter counter = budgets.counter(key);
        Budget after = changed(counter.budget(), account.asOf());
        Window now = budgets.now(after.window(), account);
        return BudgetsInBatch.view(after, budgets.counted(counter, now, after.usageLimit()), account);
    }

    @Override
    public Change<Done> decide(BudgetsInBatch state, AccountView account) {
        AccountBudgets budgets = state.of(accountId());
        Counter counter = budgets.counter(key);
        Budget before = counter.budget();
        Budget after = changed(before, account.asOf());
        Window now = budgets.now(after.window(), account);
        BudgetWindow counted = budgets.counted(counter, now, after.usageLimit());
        if (before != null && before.sameAs(after)) {
            return Change.unchanged(new Done(BudgetsInBatch.view(before, counted, account), false));
        }
        return Change.accepted(() -> put(budgets, counter, after, counted, account));
    }

    private Done put(AccountBudgets budgets, Counter counter, Budget after, BudgetWindow counted, AccountView account) {
        Budget before = counter.budget();
        List<BigDecimal> published =
                before == null ? List.of() : before.thresholds().reached(counted.limit(), counted.peak());
        boolean limitsTheSame =
                before != null && before.limitsAs(after) && Objects.equals(counted.limit(), after.usageLimit());
        BudgetWindow set = limitsTheSame ? counted.raised() : counted.limitedTo(after.usageLimit());
        budgets.set(counter, after);
        budgets.count(counter, set);
        account.publish(new BudgetChanged(key));
        set.publish(after.thresholds().reached(after.usageLimit(), set.used()), published, after, account);
        return new Done(BudgetsInBatch.view(after, set, account), before == null);
    }

    private Budget changed(@Nullable Budget before, Instant now) {
        Budget from = before == null
                ? new Budget(key, null, Thresholds.DEFAULT, WindowKind.BILLING_PERIOD, null, now, now)
                : before;
        return new Budget(
                key,
                usageLimit == null ? from.usageLimit() : usageLimit.orElse(null),
                thresholds == null ? from.thresholds() : thresholds.orElse(Thresholds.NONE),
                window == null ? from.window() : Objects.requireNonNull(window.orElse(WindowKind.BILLING_PERIOD)),
                billingEmail == null ? from.billingEmail() : billingEmail.orElse(null),
                from.createdAt(),
                now);
    }
}
