package ai.mavster.credits.budget;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.usage.UsedSince;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The budgets' part in each ledger transaction: how much may pass, and what was used. */
@Singleton
class BudgetsParticipant implements Participant {

    private final Thresholds ofPlans;
    private final int readAtFirst;
    private final BudgetMetrics metrics;

    /**
     * @param readAtFirst how many of an account's budgets each batch reads; those of further projects and workspaces
     *     are read where they are needed
     */
    BudgetsParticipant(
            @ConfigProperty(name = "credits.alert.thresholds") Optional<List<BigDecimal>> ofPlans,
            @ConfigProperty(name = "credits.budget.read-at-first") int readAtFirst,
            BudgetMetrics metrics) {
        this.metrics = metrics;
        this.ofPlans = Thresholds.of(ofPlans.orElse(List.of()));
        this.readAtFirst = readAtFirst;
    }

    /** After runs, which say what debits are for. */
    @Override
    public int order() {
        return 400;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        BudgetsInBatch state = new BudgetsInBatch(ofPlans, readAtFirst, metrics);
        List<BudgetTable.First> first = scope.accountIds().stream()
                .map(accountId -> new BudgetTable.First(accountId, readAtFirst))
                .toList();
        BudgetTable.readFirst(
                reads,
                first,
                found -> state.of(found.window().key().accountId()).loadFirst(found));
        for (Command<?> command : scope.commands()) {
            if (command instanceof Command.Debit) {
                state.expectDebits(command.accountId());
            }
        }
        if (!scope.also().isEmpty()) {
            read(reads, scope, state);
        }
        return state;
    }

    private static void read(RoundTrip reads, Scope scope, BudgetsInBatch state) {
        List<BudgetKey> keys = new ArrayList<>();
        List<BudgetKey> held = new ArrayList<>();
        Map<UsedSince, List<ToRead.Used>> used = new HashMap<>();
        for (Participant.Wanted one : scope.also()) {
            if (one instanceof ToRead.Counted counted) {
                keys.add(counted.key());
                state.of(counted.accountId()).lookedFor(counted.key());
            } else if (one instanceof ToRead.Held of) {
                held.add(of.key());
            } else if (one instanceof ToRead.Used of) {
                used.computeIfAbsent(of.key().since(of.since()), key -> new ArrayList<>(1))
                        .add(of);
            } else if (one instanceof ToRead.Page page) {
                state.lookedFor(page);
                BudgetTable.readPage(reads, page, found -> state.load(page, found));
            }
        }
        BudgetTable.read(
                reads, keys, found -> state.of(found.window().key().accountId()).load(found));
        List<ToRead.Used> windows = used.values().stream().flatMap(List::stream).toList();
        BudgetTable.readEarlier(
                reads,
                windows,
                window -> state.of(window.key().accountId()).recount().loadEarlier(window));
        BudgetTable.readHeld(
                reads,
                held,
                (key, credits) -> state.of(key.accountId()).recount().loadHeld(key, credits));
        UsedSince.read(
                reads,
                used.keySet(),
                (since, credits) -> used.getOrDefault(since, List.of())
                        .forEach(of -> state.of(of.accountId()).recount().loadUsed(of, credits)));
    }
}
