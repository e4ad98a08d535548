package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.budget.window.CurrentWindows;
import ai.mavster.credits.budget.window.Window;
import ai.mavster.credits.budget.window.WindowKind;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Participant.NotRead;
import ai.mavster.credits.ledger.posting.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of one account in a batch, with what each has counted: as read, then as the batch changes it.
 *
 * <p>A window is not written before something is counted in it. What a key has used in the window of now is what its
 * counting row says, if that is of this window. If that row's window ended before this one starts, it is nothing: a debit
 * between the two would have taken a row of its own. In any other case (the budget is new, or the time zone, the
 * subscription or the kind of window has changed) it is counted from what was posted.
 */
final class AccountBudgets {

    private final String accountId;
    private final int readAtFirst;
    private final Set<BudgetKey> lookedFor = new HashSet<>(0);
    private final Map<BudgetKey, Counter> counters = new LinkedHashMap<>();
    private final CurrentWindows windows = new CurrentWindows();
    private final Recount recount = new Recount();
    private final Map<BudgetKey, Map<Instant, BudgetWindow>> changedWindows = new LinkedHashMap<>(0);
    private final Map<BudgetKey, Budget> set = new LinkedHashMap<>(0);
    private final Map<BudgetKey, Budget> deleted = new LinkedHashMap<>(0);
    private int found;

    /** What a key has counted. */
    static final class Counter {

        private final BudgetKey key;
        private @Nullable Budget budget;
        private @Nullable BudgetWindow row;

        private Counter(BudgetKey key) {
            this.key = key;
        }

        BudgetKey key() {
            return key;
        }

        /** Null: there is none, or it is deleted. */
        @Nullable
        Budget budget() {
            return budget;
        }

        /** The row that was counted in last; null: there is none. */
        @Nullable
        BudgetWindow row() {
            return row;
        }
    }

    /**
     * @param readAtFirst how many are read whatever they are: if there are that many, there may be more
     */
    AccountBudgets(String accountId, int readAtFirst) {
        this.accountId = accountId;
        this.readAtFirst = readAtFirst;
    }

    /** One of the first. */
    void loadFirst(BudgetTable.Found one) {
        found++;
        load(one);
    }

    void load(BudgetTable.Found one) {
        Counter counter = new Counter(one.window().key());
        counter.budget = one.budget();
        counter.row = one.window();
        counters.put(counter.key, counter);
    }

    void lookedFor(BudgetKey key) {
        lookedFor.add(key);
    }

    Recount recount() {
        return recount;
    }

    /** All that were read, in the order of the scopes. */
    List<Counter> read() {
        return counters.values().stream()
                .filter(counter -> counter.budget != null && counter.key.scope() != LimitScope.PLAN)
                .sorted((one, other) -> one.key.scope().compareTo(other.key.scope()))
                .toList();
    }

    /** What a key has counted. */
    Counter counter(BudgetKey key) {
        Counter counter = counters.get(key);
        if (counter == null) {
            boolean all = found < readAtFirst || key.scope().isOfWholeAccount();
            if (!all && !lookedFor.contains(key)) {
                throw new NotRead(List.of(new ToRead.Counted(key)));
            }
            counter = new Counter(key);
            counters.put(key, counter);
        }
        return counter;
    }

    /** The budgets that count what is spent for a purpose: the account's, the workspace's, the project's. */
    List<Counter> covering(Purpose purpose) {
        List<Counter> covering = new ArrayList<>(3);
        add(covering, counter(BudgetKey.ofAccount(accountId)));
        BudgetKey.within(accountId, purpose).forEach(key -> add(covering, counter(key)));
        return covering;
    }

    private static void add(List<Counter> covering, Counter counter) {
        if (counter.budget != null) {
            covering.add(counter);
        }
    }

    /** The window of now. */
    Window now(WindowKind kind, AccountView account) {
        return windows.of(kind, account);
    }

    /** What these have counted in their windows of now. What has to be counted for it is read for all at once. */
    List<BudgetWindow> counted(List<Counter> of, AccountView account) {
        List<BudgetWindow> counted = new ArrayList<>(of.size());
        List<ToRead> missing = new ArrayList<>(0);
        count(of, account, counted, missing);
        require(missing);
        return counted;
    }

    /** What has to be read for that. */
    List<ToRead> missing(List<Counter> of, AccountView account) {
        List<ToRead> missing = new ArrayList<>(0);
        count(of, account, new ArrayList<>(of.size()), missing);
        return missing;
    }

    private void count(List<Counter> of, AccountView account, List<BudgetWindow> counted, List<ToRead> missing) {
        for (Counter counter : of) {
            Budget budget = Objects.requireNonNull(counter.budget);
            BudgetWindow one = counted(counter, now(budget.window(), account), budget.usageLimit(), missing);
            if (one != null) {
                counted.add(one);
            }
        }
    }

    List<ToRead> missing(Counter counter, Window now) {
        List<ToRead> missing = new ArrayList<>(0);
        counted(counter, now, null, missing);
        return missing;
    }

    /** What a key has counted in a window of now. */
    BudgetWindow counted(Counter counter, Window now, @Nullable Credits limit) {
        List<ToRead> missing = new ArrayList<>(0);
        BudgetWindow counted = counted(counter, now, limit, missing);
        require(missing);
        return Objects.requireNonNull(counted);
    }

    private static void require(List<ToRead> missing) {
        if (!missing.isEmpty()) {
            throw new NotRead(missing);
        }
    }

    private @Nullable BudgetWindow counted(Counter counter, Window now, @Nullable Credits limit, List<ToRead> missing) {
        BudgetWindow row = counter.row;
        if (row != null && row.window().spans(now)) {
            return row;
        }
        if (row != null && !now.start().isBefore(row.window().end())) {
            return BudgetWindow.opened(counter.key, now, limit, Credits.ZERO, row.held());
        }
        Credits held = row == null ? recount.held(counter.key, missing) : row.held();
        Credits used = recount.used(counter.key, now.start(), missing);
        if (used == null || held == null) {
            return null;
        }
        BudgetWindow same = recount.earlier(counter.key, now);
        return same == null ? BudgetWindow.opened(counter.key, now, limit, used, held) : same.again(now, used, held);
    }

    /** A row is to be written; one of an earlier window, whose place it takes, is over. */
    void count(Counter counter, BudgetWindow row) {
        BudgetWindow before = counter.row;
        if (before != null && !before.window().start().equals(row.window().start())) {
            over(before);
        }
        counter.row = row;
        change(row);
    }

    /** Nothing is counted by this key for now. */
    void pause(Counter counter) {
        if (counter.row != null) {
            over(counter.row);
            counter.row = null;
        }
    }

    private void over(BudgetWindow row) {
        change(row.over());
        recount.loadEarlier(row);
    }

    private void change(BudgetWindow row) {
        changedWindows
                .computeIfAbsent(row.key(), key -> new LinkedHashMap<>(2))
                .put(row.window().start(), row);
    }

    void spent(Purpose purpose, Instant debitedAt, Credits credits) {
        recount.spent(purpose, debitedAt, credits);
    }

    /** What is reserved for a workspace or a project is held of its budget. */
    void reserve(Purpose purpose, Credits credits) {
        recount.reserved(purpose, credits);
        for (BudgetKey key : BudgetKey.within(accountId, purpose)) {
            Counter counter = counter(key);
            if (counter.row != null) {
                count(counter, counter.row.holding(credits));
            }
        }
    }

    void set(Counter counter, Budget budget) {
        counter.budget = budget;
        set.put(counter.key, budget);
        deleted.remove(counter.key);
    }

    void delete(Counter counter, Budget budget) {
        pause(counter);
        unset(counter, budget);
    }

    /** It is deleted, and its key goes on counting. */
    void unset(Counter counter, Budget budget) {
        counter.budget = null;
        set.remove(counter.key);
        deleted.put(counter.key, budget);
    }

    List<BudgetWindow> changedWindows() {
        return changedWindows.values().stream()
                .flatMap(ofKey -> ofKey.values().stream())
                .toList();
    }

    Collection<Budget> set() {
        return set.values();
    }

    Collection<Budget> deleted() {
        return deleted.values();
    }
}
