package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.budget.AccountBudgets.Counter;
import ai.mavster.credits.budget.limit.LimitExceeded;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.Participant.NotRead;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.sql.RoundTrip;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The budgets of one batch: how much may pass them, and what they have counted. */
final class BudgetsInBatch implements Participant.InBatch {

    private final Thresholds ofPlans;
    private final int readAtFirst;
    private final BudgetMetrics metrics;
    private final List<LimitScope> refused = new ArrayList<>(0);
    private final Map<String, AccountBudgets> accounts = new HashMap<>();
    private final Set<String> debiting = new HashSet<>();
    private final Map<ToRead.Page, List<BudgetKey>> pages = new HashMap<>(0);

    /**
     * @param ofPlans of a plan's allotment, for accounts that have none of their own
     * @param readAtFirst how many of an account's budgets are read whatever they are
     */
    BudgetsInBatch(Thresholds ofPlans, int readAtFirst, BudgetMetrics metrics) {
        this.ofPlans = ofPlans;
        this.readAtFirst = readAtFirst;
        this.metrics = metrics;
    }

    AccountBudgets of(String accountId) {
        return accounts.computeIfAbsent(accountId, id -> new AccountBudgets(id, readAtFirst));
    }

    /** Something is to be spent of an account. */
    void expectDebits(String accountId) {
        debiting.add(accountId);
    }

    /** Of many accounts at a time, what debits count in and was not counted as it went; not where none can pass. */
    @Override
    public List<Participant.Wanted> missing(AccountView account) {
        boolean maySpend = account.closedAt() == null && account.balance().isPositive();
        if (!maySpend || !debiting.contains(account.accountId())) {
            return List.of();
        }
        AccountBudgets budgets = of(account.accountId());
        List<Participant.Wanted> missing = new ArrayList<>(budgets.missing(budgets.read(), account));
        PlanAllotment allotment = PlanAllotment.of(account);
        if (allotment != null) {
            Counter plan = budgets.counter(BudgetKey.ofPlan(account.accountId()));
            missing.addAll(budgets.missing(plan, allotment.period()));
        }
        return missing;
    }

    void load(ToRead.Page page, BudgetTable.Found found) {
        of(page.accountId()).load(found);
        pages.computeIfAbsent(page, key -> new ArrayList<>()).add(found.window().key());
    }

    void lookedFor(ToRead.Page page) {
        pages.computeIfAbsent(page, key -> new ArrayList<>(0));
    }

    /** A budget; null: there is none. */
    @Nullable
    BudgetView view(BudgetKey key, AccountView account) {
        Counter counter = of(key.accountId()).counter(key);
        return counter.budget() == null
                ? null
                : views(List.of(counter), account).get(0);
    }

    /** Those that were read, the whole account's first. */
    List<BudgetView> views(AccountView account) {
        return views(of(account.accountId()).read(), account);
    }

    /** Those of a page. */
    List<BudgetView> views(ToRead.Page page, AccountView account) {
        List<BudgetKey> keys = pages.get(page);
        if (keys == null) {
            throw new NotRead(List.of(page));
        }
        AccountBudgets budgets = of(account.accountId());
        return views(keys.stream().map(budgets::counter).toList(), account);
    }

    private List<BudgetView> views(List<Counter> counters, AccountView account) {
        List<BudgetWindow> counted = of(account.accountId()).counted(counters, account);
        List<BudgetView> views = new ArrayList<>(counters.size());
        for (int i = 0; i < counters.size(); i++) {
            views.add(view(Objects.requireNonNull(counters.get(i).budget()), counted.get(i), account));
        }
        return views;
    }

    static BudgetView view(Budget budget, BudgetWindow counted, AccountView account) {
        Credits held = budget.key().scope().isOfWholeAccount() ? account.held() : counted.held();
        return new BudgetView(budget, counted, held);
    }

    /**
     * The least that any of the budgets lets pass. Of those that let less pass than is asked for the one with the least
     * remaining is named.
     */
    @Override
    public Participant.@Nullable Limit limit(Participant.Charge charge, AccountView account) {
        AccountBudgets budgets = of(account.accountId());
        List<Counter> limited = budgets.covering(charge.purpose()).stream()
                .filter(counter -> Objects.requireNonNull(counter.budget()).usageLimit() != null)
                .toList();
        if (limited.isEmpty()) {
            return null;
        }
        Credits most = charge.credits();
        BudgetView tightest = null;
        for (BudgetView view : views(limited, account)) {
            Credits limit = Objects.requireNonNull(view.budget().usageLimit());
            BudgetKey key = view.budget().key();
            Credits passes = charge.most(hold -> key.covers(hold.purpose()), view.left(limit));
            if (passes.isLessThan(charge.credits())) {
                most = most.min(passes);
                tightest = BudgetRefusals.tighter(tightest, view);
            }
        }
        return tightest == null
                ? null
                : new Participant.Limit(most, BudgetRefusals.exceeded(tightest, charge, account));
    }

    @Override
    public void hear(Fact fact, AccountView account) {
        AccountBudgets budgets = of(account.accountId());
        if (fact instanceof Fact.Posted posted) {
            posted(posted.posting(), budgets, account);
            for (Fact.Capture capture : posted.captures()) {
                budgets.reserve(capture.hold().purpose(), capture.credits().negated());
            }
        } else if (fact instanceof Fact.Held held) {
            budgets.reserve(held.hold().purpose(), held.credits());
        } else if (fact instanceof Fact.Released released) {
            budgets.reserve(released.hold().purpose(), released.credits().negated());
        } else if (fact instanceof Fact.HoldExpired expired) {
            budgets.reserve(expired.hold().purpose(), expired.credits().negated());
        } else if (fact instanceof Fact.Refused refused && refused.refusal().code() == Refusal.Code.BUDGET_EXCEEDED) {
            exceeded(refused.refusal(), budgets, account);
        }
    }

    private void posted(Posting posting, AccountBudgets budgets, AccountView account) {
        if (posting.credits().isZero()) {
            return;
        }
        switch (posting.kind()) {
            case DEBIT -> debited(posting, budgets, account);
            case REVERSAL -> givenBack(posting, budgets, account);
            default -> {
                // Grants, and what expires or is taken back unspent, are no usage.
            }
        }
    }

    private void debited(Posting posting, AccountBudgets budgets, AccountView account) {
        Purpose purpose = posting.purpose();
        List<Counter> covering = budgets.covering(purpose);
        List<BudgetWindow> counted = budgets.counted(covering, account);
        for (int i = 0; i < covering.size(); i++) {
            Budget budget = Objects.requireNonNull(covering.get(i).budget());
            spent(covering.get(i), counted.get(i), budget.usageLimit(), budget.thresholds(), posting, account);
        }
        Counter plan = budgets.counter(BudgetKey.ofPlan(account.accountId()));
        PlanAllotment allotment = PlanAllotment.of(account);
        if (allotment == null && plan.budget() == null) {
            budgets.pause(plan);
        } else {
            BudgetWindow before = PlanThresholds.counted(budgets, plan, allotment, account);
            Credits limit = allotment == null ? null : allotment.limit();
            spent(plan, before, limit, ofPlan(plan), posting, account);
        }
        budgets.spent(purpose, posting.occurredAt(), posting.credits());
    }

    /** The thresholds of an account's plan: its own, or those that are configured. */
    Thresholds ofPlan(Counter plan) {
        return plan.budget() == null ? ofPlans : plan.budget().thresholds();
    }

    /** Counts a debit, and publishes the thresholds that are reached by it. */
    private void spent(
            Counter counter,
            BudgetWindow before,
            @Nullable Credits limit,
            Thresholds thresholds,
            Posting posting,
            AccountView account) {
        BudgetWindow limited = Objects.equals(before.limit(), limit) ? before : before.limitedTo(limit);
        BudgetWindow after = limited.spent(posting.credits());
        List<BigDecimal> published = thresholds.reached(before.limit(), before.peak());
        of(account.accountId()).count(counter, after);
        after.publish(thresholds.reached(limit, after.peak()), published, counter.budget(), account);
    }

    /** What is given back counts where the debit did: in a window that is over, no more. */
    private void givenBack(Posting posting, AccountBudgets budgets, AccountView account) {
        Instant debitedAt = Objects.requireNonNull(account.debitedAt(Objects.requireNonNull(posting.reverses())));
        List<Counter> covering = new ArrayList<>(budgets.covering(posting.purpose()));
        covering.add(budgets.counter(BudgetKey.ofPlan(account.accountId())));
        for (Counter counter : covering) {
            BudgetWindow row = counter.row();
            if (row != null && row.window().contains(debitedAt)) {
                budgets.count(counter, row.givenBack(posting.credits()));
            }
        }
        budgets.spent(posting.purpose(), debitedAt, posting.credits().negated());
    }

    /** Said once a window: a refusal leaves nothing else behind. */
    private void exceeded(Refusal refusal, AccountBudgets budgets, AccountView account) {
        BudgetKey key = BudgetRefusals.key(refusal, account);
        Counter counter = key == null ? null : budgets.counter(key);
        if (key == null || counter == null || counter.budget() == null) {
            return;
        }
        refused.add(key.scope());
        BudgetWindow counted = budgets.counted(List.of(counter), account).get(0);
        if (counted.exceededAt() == null) {
            budgets.count(counter, counted.exceeded(account.asOf()));
            BudgetExceeded exceeded = BudgetExceeded.of(view(counter.budget(), counted, account));
            account.publish(exceeded);
            account.publish(new LimitExceeded(
                    exceeded.scope(),
                    exceeded.scopeId(),
                    exceeded.usageLimit(),
                    exceeded.resetsAt(),
                    counter.budget().billingEmail()));
        }
    }

    @Override
    public void write(RoundTrip writes) {
        List<BudgetWindow> windows = new ArrayList<>();
        List<Budget> set = new ArrayList<>(0);
        List<Budget> deleted = new ArrayList<>(0);
        for (AccountBudgets budgets : accounts.values()) {
            windows.addAll(budgets.changedWindows());
            set.addAll(budgets.set());
            deleted.addAll(budgets.deleted());
        }
        BudgetTable.write(writes, windows);
        BudgetTable.write(writes, set, deleted);
    }

    @Override
    public void committed() {
        refused.forEach(metrics::refused);
    }
}
