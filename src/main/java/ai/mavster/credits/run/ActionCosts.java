package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.run.RunActionTable.ActionCost;
import ai.mavster.credits.run.RunTable.RunKey;
import ai.mavster.credits.sql.RoundTrip;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the runs of a batch were estimated to cost by action, and what those that finish in it have cost. */
final class ActionCosts {

    private final Map<RunKey, Map<String, ActionCost>> ofRuns = new HashMap<>(0);
    private final Map<Map.Entry<RunKey, String>, ActionCost> changed = new LinkedHashMap<>(0);
    private final Map<Map.Entry<RunKey, String>, ActionCost> lateDebits = new LinkedHashMap<>(0);
    private final Map<Map.Entry<RunKey, String>, ActionCost> lateReversals = new LinkedHashMap<>(0);

    /** What a run was estimated at. */
    void loadEstimated(ActionCost cost) {
        put(new ActionCost(cost.run(), cost.action(), cost.estimated(), Credits.ZERO, 0, BigDecimal.ZERO, null));
    }

    /** What a run has spent so far; after what it was estimated at. */
    void loadSpent(ActionCost cost) {
        put(new ActionCost(
                cost.run(),
                cost.action(),
                known(cost.run(), cost.action()).estimated(),
                cost.spent(),
                cost.debits(),
                cost.quantity(),
                null));
    }

    void estimate(RunKey run, List<StartRun.ActionCost> items) {
        for (StartRun.ActionCost item : items) {
            ActionCost known = known(run, item.action());
            change(new ActionCost(
                    run, item.action(), item.credits(), known.spent(), known.debits(), known.quantity(), null));
        }
    }

    /** Something was posted for a run. Kept only where the run may finish in this batch. */
    void add(RunKey run, Posting posting) {
        String action = posting.purpose().action();
        if (action == null || !ofRuns.containsKey(run)) {
            return;
        }
        boolean debit = posting.kind() == PostingKind.DEBIT;
        ActionCost before = known(run, action);
        BigDecimal quantity = posting.purpose().quantity();
        put(new ActionCost(
                run,
                action,
                before.estimated(),
                debit ? before.spent().plus(posting.credits()) : before.spent().minus(posting.credits()),
                before.debits() + (debit ? 1 : 0),
                debit ? before.quantity().add(quantity == null ? BigDecimal.ONE : quantity) : before.quantity(),
                null));
    }

    /** Something was posted for a run that was over already. */
    void addLate(RunKey run, Posting posting, @Nullable Instant finishedAt) {
        String action = posting.purpose().action();
        if (action == null) {
            return;
        }
        boolean debit = posting.kind() == PostingKind.DEBIT;
        BigDecimal quantity = posting.purpose().quantity() == null
                ? BigDecimal.ONE
                : posting.purpose().quantity();
        ActionCost cost = debit
                ? new ActionCost(run, action, null, posting.credits(), 1, quantity, finishedAt)
                : new ActionCost(run, action, null, posting.credits().negated(), 0, BigDecimal.ZERO, finishedAt);
        (debit ? lateDebits : lateReversals).merge(Map.entry(run, action), cost, ActionCosts::sum);
    }

    private static ActionCost sum(ActionCost one, ActionCost other) {
        return new ActionCost(
                one.run(),
                one.action(),
                null,
                one.spent().plus(other.spent()),
                one.debits() + other.debits(),
                one.quantity().add(other.quantity()),
                one.finishedAt());
    }

    /** A run whose costs will be wanted. */
    void expect(RunKey run) {
        ofRuns.computeIfAbsent(run, key -> new LinkedHashMap<>());
    }

    void finish(RunKey run, @Nullable Instant at) {
        for (ActionCost cost : List.copyOf(ofRuns.getOrDefault(run, Map.of()).values())) {
            change(new ActionCost(
                    run,
                    cost.action(),
                    cost.estimated(),
                    cost.spent().max(Credits.ZERO),
                    cost.debits(),
                    cost.quantity(),
                    at));
        }
    }

    void write(RoundTrip writes) {
        RunActionTable.write(writes, changed.values());
        RunActionTable.writeLate(writes, lateDebits.values(), lateReversals.values());
    }

    private ActionCost known(RunKey run, String action) {
        ActionCost known = ofRuns.getOrDefault(run, Map.of()).get(action);
        return known == null ? new ActionCost(run, action, null, Credits.ZERO, 0, BigDecimal.ZERO, null) : known;
    }

    private void change(ActionCost cost) {
        put(cost);
        changed.put(Map.entry(cost.run(), cost.action()), cost);
    }

    private void put(ActionCost cost) {
        ofRuns.computeIfAbsent(cost.run(), key -> new LinkedHashMap<>()).put(cost.action(), cost);
    }
}
