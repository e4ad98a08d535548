package ai.mavster.credits.run;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.run.RunTable.RunKey;
import ai.mavster.credits.run.record.Abandonment;
import ai.mavster.credits.run.record.RunWithHold;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The runs' part in each ledger transaction: which holds their debits draw on, and what each debit of a run adds to it.
 */
@Singleton
class RunsParticipant implements Participant {

    private final RunMetrics metrics;
    private final Abandonment abandonment;

    RunsParticipant(RunMetrics metrics, Abandonment abandonment) {
        this.metrics = metrics;
        this.abandonment = abandonment;
    }

    @Override
    public int order() {
        return 200;
    }

    @Override
    public String accountsToSettle() {
        return RunTable.accountsWithSilentRuns(abandonment.after());
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        RunsInBatch state = new RunsInBatch(metrics, abandonment);
        Set<RunKey> runs = new LinkedHashSet<>();
        Set<RunKey> named = new LinkedHashSet<>(0);
        Set<RunKey> starting = new LinkedHashSet<>(0);
        Set<RunKey> finishing = new LinkedHashSet<>(0);
        Set<String> closing = new LinkedHashSet<>(0);
        List<Command.Reversal> reversals = new ArrayList<>(0);
        List<RunTable.Silent> silent = new ArrayList<>(0);
        for (Command<?> command : scope.commands()) {
            if (command instanceof RunCommand change) {
                RunKey key = new RunKey(change.accountId(), change.runId());
                runs.add(key);
                named.add(key);
                if (change.parentRunId() != null) {
                    runs.add(new RunKey(change.accountId(), change.parentRunId()));
                }
                if (command instanceof StartRun) {
                    starting.add(key);
                } else if (command instanceof FinishRun) {
                    finishing.add(key);
                }
            } else if (command instanceof Command.Debit debit && debit.purpose().runId() != null) {
                runs.add(new RunKey(debit.accountId(), debit.purpose().runId()));
            } else if (command instanceof Command.Reversal reversal) {
                reversals.add(reversal);
            } else if (command instanceof Command.Expire expire) {
                silent.add(new RunTable.Silent(expire.accountId(), abandonment.seenBy(scope.from())));
            } else if (command instanceof Command.Close) {
                closing.add(command.accountId());
            }
        }
        runs.stream().filter(run -> closing.contains(run.accountId())).forEach(finishing::add);
        finishing.forEach(state.costs()::expect);
        RunTable.readUpFrom(reads, runs, found -> load(found, state, scope));
        RunTable.readUpFromDebits(reads, reversals, found -> load(found, state, scope));
        RunTable.readSilent(reads, silent, found -> {
            load(found, state, scope);
            state.expectSilence(found.run());
        });
        RunTable.readNoted(reads, named, state::load);
        RunTable.readSpent(reads, starting, state::load);
        RunTable.readRunning(reads, closing, found -> {
            load(found, state, scope);
            state.expectEnd(found.run());
        });
        RunActionTable.readRunning(reads, closing, state.costs()::loadEstimated, state.costs()::loadSpent);
        RunActionTable.read(reads, finishing, state.costs()::loadEstimated, state.costs()::loadSpent);
        return state;
    }

    private static void load(RunWithHold found, RunsInBatch state, Scope scope) {
        state.load(found.run());
        if (found.hold() != null) {
            scope.holds().accept(found.hold());
        }
    }
}
