package ai.mavster.credits.run;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Correction;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.run.RunTable.RunKey;
import ai.mavster.credits.run.record.Abandonment;
import ai.mavster.credits.run.record.RunMetrics;
import ai.mavster.credits.run.record.RunWithHold;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.enterprise.event.Event;
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
    private final Event<QueuedRuns.Grown> queueGrown;

    RunsParticipant(RunMetrics metrics, Abandonment abandonment, Event<QueuedRuns.Grown> queueGrown) {
        this.metrics = metrics;
        this.abandonment = abandonment;
        this.queueGrown = queueGrown;
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
        RunsInBatch state = new RunsInBatch(metrics, abandonment, queueGrown);
        Set<RunKey> runs = new LinkedHashSet<>();
        Set<RunKey> named = new LinkedHashSet<>(0);
        Set<RunKey> starting = new LinkedHashSet<>(0);
        Set<RunKey> finishing = new LinkedHashSet<>(0);
        Set<String> closing = new LinkedHashSet<>(0);
        List<Correction.Reversal> reversals = new ArrayList<>(0);
        List<RunTable.Silent> silent = new ArrayList<>(0);
        List<RunTable.Silent> overdue = new ArrayList<>(0);
        Set<String> queued = new LinkedHashSet<>(0);
        for (Command<?> command : scope.commands()) {
            if (command instanceof RunCommand change) {
                RunKey key = new RunKey(change.accountId(), change.runId());
                runs.add(key);
                named.add(key);
                if (change.parentRunId() != null) {
                    runs.add(new RunKey(change.accountId(), change.parentRunId()));
                }
                if (command instanceof StartRun start) {
                    starting.add(key);
                    if (start.queueFor() != null) {
                        queued.add(key.accountId());
                    }
                } else if (command instanceof StartQueued) {
                    starting.add(key);
                    finishing.add(key);
                    queued.add(key.accountId());
                } else if (command instanceof FinishRun) {
                    finishing.add(key);
                }
            } else if (command instanceof Command.Debit debit && debit.purpose().runId() != null) {
                runs.add(new RunKey(debit.accountId(), debit.purpose().runId()));
            } else if (command instanceof Correction.Reversal reversal) {
                reversals.add(reversal);
            } else if (command instanceof Command.Expire expire) {
                silent.add(new RunTable.Silent(expire.accountId(), abandonment.seenBy(scope.from())));
                overdue.add(new RunTable.Silent(expire.accountId(), scope.from()));
            } else if (command instanceof Command.Close) {
                closing.add(command.accountId());
                queued.add(command.accountId());
            }
        }
        runs.stream().filter(run -> closing.contains(run.accountId())).forEach(finishing::add);
        finishing.forEach(state.costs()::expect);
        RunTable.readUpFrom(reads, runs, found -> load(found, state, scope));
        RunTable.readUpFromDebits(reads, reversals, found -> load(found, state, scope));
        RunTable.readSilent(reads, silent, found -> {
            load(found, state, scope);
            state.ends().expect(found.run());
        });
        RunTable.readOverdue(reads, overdue, found -> {
            state.load(found);
            state.ends().expect(found);
        });
        RunTable.readQueue(reads, queued, found -> load(found, state, scope));
        RunTable.readNoted(reads, named, state.notes()::load);
        RunTable.readSpent(reads, starting, state::load);
        RunTable.readSpentOfQueued(reads, finishing, closing, state::load);
        RunTable.readRunning(reads, closing, found -> {
            load(found, state, scope);
            state.expectEnd(found.run());
        });
        RunActionTable.readOpen(reads, closing, state.costs()::loadEstimated, state.costs()::loadSpent);
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
