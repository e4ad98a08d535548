package ai.mavster.credits.model;

import ai.mavster.credits.budget.BudgetCommands;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of a {@link ReferenceAccount}. Nothing of what they count is kept: it is added up from all debits and runs
 * each time. Windows are found by looking at one day after another.
 */
final class ReferenceBudgets {

    /** In the order in which ties are named. */
    static final List<String> SCOPES = List.of("account", "workspace", "project");

    private final ReferenceAccount account;
    private final Map<String, BudgetCommands.Put> all = new TreeMap<>();
    final ReferenceThresholds thresholds = new ReferenceThresholds();

    /** Whose days count. */
    ZoneId zone = ZoneOffset.UTC;

    ReferenceBudgets(ReferenceAccount account) {
        this.account = account;
    }

    /**
     * Something that is to be charged.
     *
     * @param holds whose holds it may draw on, in this order
     */
    record Charge(@Nullable String workspaceId, @Nullable String projectId, List<ReferenceRun> holds) {}

    record Window(Instant start, Instant end) {}

    String put(BudgetCommands.Put asked, Instant now) {
        account.settle(now);
        String closed = account.closing.refusal();
        if (closed != null) {
            return closed;
        }
        String key = asked.scope() + " " + asked.scopeId();
        BudgetCommands.Put before = all.get(key);
        String window = asked.window() != null ? asked.window() : before == null ? "billing_period" : before.window();
        all.put(key, new BudgetCommands.Put(asked.accountId(), asked.scope(), asked.scopeId(), asked.limit(), window));
        if (!all.get(key).equals(before)) {
            count(key, now);
        }
        return figures(key, now) + (before == null ? " made" : "");
    }

    String delete(String scope, String scopeId, Instant now) {
        account.settle(now);
        String closed = account.closing.refusal();
        if (closed != null) {
            return closed;
        }
        thresholds.deleted(scope + " " + scopeId);
        return all.remove(scope + " " + scopeId) == null ? "refused BUDGET_NOT_FOUND []" : "deleted";
    }

    /** Something was debited, and is among the debits: what it has reached is told. */
    void debited(@Nullable String workspaceId, @Nullable String projectId, Instant now) {
        for (BudgetCommands.Put budget : all.values()) {
            if (covers(budget, workspaceId, projectId)) {
                count(budget.scope() + " " + budget.scopeId(), now);
            }
        }
        ReferenceSubscription subscription = account.subscription;
        BudgetCommands.Put plan =
                new BudgetCommands.Put(account.accountId, "plan", account.accountId, null, "billing_period");
        Window period = window(plan, now);
        boolean granted = subscription.grantedUntil != null && period.start.isBefore(subscription.grantedUntil);
        long allotment = granted ? subscription.grantedFor : subscription.allotment();
        thresholds.counted("plan " + account.accountId, period, allotment, used(plan, period));
    }

    private void count(String key, Instant now) {
        BudgetCommands.Put budget = all.get(key);
        Window window = window(budget, now);
        thresholds.counted(key, window, budget.limit(), used(budget, window));
    }

    /** As a read shows it at an instant. */
    String figures(String key, Instant now) {
        BudgetCommands.Put budget = all.get(key);
        if (budget == null) {
            return "none";
        }
        Window window = window(budget, now);
        return new BudgetCommands.Figures(
                        budget.scope(),
                        budget.scopeId(),
                        budget.limit(),
                        String.valueOf(budget.window()),
                        used(budget, window),
                        held(budget, now),
                        window.start,
                        window.end)
                .toString();
    }

    /** How much of what is asked for may be charged. */
    long most(Charge charge, long asked, Instant now) {
        long most = asked;
        for (BudgetCommands.Put budget : covering(charge)) {
            most = Math.min(most, most(budget, charge, asked, now));
        }
        return most;
    }

    /** Why so much may not be charged; null: it may. */
    @Nullable
    String objection(Charge charge, @Nullable Long asked, long available, Instant now, String alsoTold) {
        long needed = asked == null ? 1 : asked;
        BudgetCommands.Put named = null;
        for (BudgetCommands.Put budget : covering(charge)) {
            boolean refuses = most(budget, charge, needed, now) < needed;
            named = refuses && (named == null || room(budget, now) < room(named, now)) ? budget : named;
        }
        return named == null
                ? null
                : "refused BUDGET_EXCEEDED [account_id=%s, available=%s, balance=%s, held=%s, next_grant=%s, owed=%s, remaining=%s, required=%s, resets_at=%s%s, scope=%s, scope_id=%s, usage_limit=%s, used=%s] until budget"
                        .formatted(
                                account.accountId,
                                Text.credits(available),
                                Text.credits(account.balance()),
                                Text.credits(held(named, now)),
                                account.subscription.next(account, now),
                                Text.credits(account.grants.owed),
                                Text.credits(room(named, now)),
                                asked == null ? "null" : Text.credits(asked),
                                window(named, now).end,
                                alsoTold,
                                named.scope(),
                                named.scopeId(),
                                Text.credits(limit(named)),
                                Text.credits(used(named, window(named, now))));
    }

    /** Those with a limit, by scope. */
    private List<BudgetCommands.Put> covering(Charge charge) {
        List<BudgetCommands.Put> covering = new ArrayList<>();
        for (String scope : SCOPES) {
            for (BudgetCommands.Put budget : all.values()) {
                if (budget.scope().equals(scope)
                        && budget.limit() != null
                        && covers(budget, charge.workspaceId, charge.projectId)) {
                    covering.add(budget);
                }
            }
        }
        return covering;
    }

    private static boolean covers(BudgetCommands.Put budget, @Nullable String workspaceId, @Nullable String projectId) {
        return switch (budget.scope()) {
            case "workspace" -> budget.scopeId().equals(workspaceId);
            case "project" -> budget.scopeId().equals(projectId);
            default -> true;
        };
    }

    /** By halves: the largest part of it by which what is counted grows no more than there is room for. */
    private long most(BudgetCommands.Put budget, Charge charge, long asked, Instant now) {
        LongPredicate fits = credits -> growth(budget, charge, credits) <= room(budget, now);
        long low = 0;
        long high = asked;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (fits.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static long growth(BudgetCommands.Put budget, Charge charge, long credits) {
        long left = credits;
        long growth = 0;
        for (ReferenceRun run : charge.holds) {
            long part = Math.min(left, run.rest());
            growth += covers(budget, null, run.projectId) ? 0 : part;
            left -= part;
        }
        return growth + left;
    }

    private static long limit(BudgetCommands.Put budget) {
        return budget.limit() == null ? Long.MAX_VALUE : budget.limit();
    }

    private long room(BudgetCommands.Put budget, Instant now) {
        return Math.max(0, limit(budget) - used(budget, window(budget, now)) - held(budget, now));
    }

    /** What debits of the window have left of what they took. */
    private long used(BudgetCommands.Put budget, Window window) {
        return account.debits.stream()
                .filter(debit -> covers(budget, debit.workspaceId, debit.projectId))
                .filter(debit -> !debit.at.isBefore(window.start) && debit.at.isBefore(window.end))
                .mapToLong(ReferenceDebit::left)
                .sum();
    }

    /** No run of these has a workspace. */
    private long held(BudgetCommands.Put budget, Instant now) {
        return switch (budget.scope()) {
            case "workspace" -> 0;
            case "project" -> account.runs.heldAt(now, budget.scopeId());
            default -> account.runs.heldAt(now);
        };
    }

    private Window window(BudgetCommands.Put budget, Instant now) {
        ReferenceSubscription subscription = account.subscription;
        String kind = String.valueOf(budget.window());
        if (kind.equals("billing_period") && subscription.exists()) {
            if (subscription.runsAt(now) || now.isBefore(subscription.periodEnd())) {
                int index = subscription.index;
                while (!now.isBefore(subscription.starts(index + 1))) {
                    index++;
                }
                while (now.isBefore(subscription.starts(index))) {
                    index--;
                }
                return new Window(subscription.starts(index), subscription.starts(index + 1));
            }
        }
        LocalDate day = LocalDate.ofInstant(now, zone).plusDays(40);
        Instant end = Instant.MAX;
        while (true) {
            Instant start = day.atStartOfDay(zone).toInstant();
            if (isFirst(day, kind)) {
                if (!start.isAfter(now)) {
                    return new Window(start, end);
                }
                end = start;
            }
            day = day.minusDays(1);
        }
    }

    private static boolean isFirst(LocalDate day, String kind) {
        return switch (kind) {
            case "day" -> true;
            case "week" -> day.getDayOfWeek() == DayOfWeek.MONDAY;
            default -> day.getDayOfMonth() == 1;
        };
    }

    /** When windows of now end. */
    List<Instant> ends(Instant now) {
        return all.values().stream().map(budget -> window(budget, now).end).toList();
    }

    /** What is left of some budget, to aim at; more than anybody has, where there is none. */
    long leftOf(String key, Instant now) {
        BudgetCommands.Put budget = all.get(key);
        return budget == null ? Long.MAX_VALUE : room(budget, now);
    }

    /** What some budget has used and holds, whether there is one or not. */
    long counted(String scope, String scopeId, Instant now) {
        BudgetCommands.Put budget = all.getOrDefault(
                scope + " " + scopeId,
                new BudgetCommands.Put(account.accountId, scope, scopeId, null, "billing_period"));
        return used(budget, window(budget, now)) + held(budget, now);
    }
}
