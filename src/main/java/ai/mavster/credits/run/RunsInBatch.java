package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Hold;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.run.RunTable.RunKey;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.sql.RoundTrip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The runs of one batch: which holds their debits draw on, what debits add to them, and the rows to be written. */
final class RunsInBatch implements Participant.InBatch {

    private final RunMetrics metrics;
    private final ActionCosts costs = new ActionCosts();
    private final Map<RunKey, Run> runs = new HashMap<>();
    private final Set<RunKey> read = new HashSet<>();
    private final Map<RunKey, Credits> spentBefore = new HashMap<>(0);
    private final Map<RunKey, Run> changed = new LinkedHashMap<>();
    private final List<Run> finished = new ArrayList<>(0);

    RunsInBatch(RunMetrics metrics) {
        this.metrics = metrics;
    }

    ActionCosts costs() {
        return costs;
    }

    void load(Run run) {
        runs.put(key(run), run);
        read.add(key(run));
    }

    void load(RunKey run, Credits spent) {
        spentBefore.put(run, spent);
    }

    private static RunKey key(Run run) {
        return new RunKey(run.accountId(), run.runId());
    }

    @Nullable
    Run run(String accountId, String runId) {
        return runs.get(new RunKey(accountId, runId));
    }

    void save(Run run) {
        runs.put(key(run), run);
        changed.put(key(run), run);
    }

    /** Lets a run start. Debits may have named it before: what they took is its own too, as of now. */
    Run start(Run run) {
        Credits before = spentBefore.getOrDefault(key(run), Credits.ZERO);
        Run started = run.spent(before);
        save(started);
        if (before.isPositive()) {
            upFrom(run.accountId(), run.parentRunId()).forEach(above -> save(above.nested(before)));
        }
        return started;
    }

    void estimate(Run run, List<StartRun.ActionCost> items) {
        costs.estimate(key(run), items);
    }

    void finish(Run run) {
        save(run);
        finished.add(run);
        costs.finish(key(run), run.finishedAt());
    }

    /** A run and those above it, nearest first; none where it is not known. */
    List<Run> upFrom(String accountId, @Nullable String runId) {
        List<Run> up = new ArrayList<>(1);
        Run run = runId == null ? null : run(accountId, runId);
        while (run != null) {
            up.add(run);
            run = run.parentRunId() == null ? null : run(accountId, run.parentRunId());
        }
        return up;
    }

    /** A debit of a run is for what the run is for, and draws on its hold first, then on those above it. */
    @Override
    public Participant.@Nullable Attribution attribute(Command.Debit debit, AccountView account) {
        String runId = debit.purpose().runId();
        if (runId == null) {
            return null;
        }
        Run run = run(account.accountId(), runId);
        if (run == null) {
            return debit.ofKnownRun()
                    ? new Participant.Attribution(debit.purpose(), List.of(), RunRefusals.notFound(runId))
                    : null;
        }
        if (run.status() == Run.Status.HARD_FAILURE) {
            return new Participant.Attribution(debit.purpose(), List.of(), RunRefusals.notRunning(run));
        }
        return new Participant.Attribution(
                debit.purpose().orOf(run.workspaceId(), run.projectId(), run.testId()),
                holds(account.accountId(), runId),
                null);
    }

    /**
     * Which hold gets back what a run's took over and did not use: that of the nearest run above that still runs, if it
     * lasts. Null: none does.
     */
    @Nullable
    UUID heir(Run ended, AccountView account) {
        for (Run above : upFrom(ended.accountId(), ended.parentRunId())) {
            Hold hold = above.holdId() == null ? null : account.hold(above.holdId());
            if (above.isRunning() && hold != null && !hold.isExpired(account.asOf())) {
                return hold.holdId();
            }
        }
        return null;
    }

    /** The holds of a run and of those above it, nearest first. */
    List<UUID> holds(String accountId, @Nullable String runId) {
        List<UUID> holds = new ArrayList<>(1);
        for (Run one : upFrom(accountId, runId)) {
            if (one.holdId() != null) {
                holds.add(one.holdId());
            }
        }
        return holds;
    }

    @Override
    public void hear(Fact fact, AccountView account) {
        if (fact instanceof Fact.Posted posted) {
            posted(posted.posting());
        } else if (fact instanceof Fact.Refused refused
                && refused.refusal().code().isPaymentRequired()) {
            refused(refused.command(), refused.refusal(), account);
        }
    }

    private void posted(Posting posting) {
        String runId = posting.purpose().runId();
        if (runId == null) {
            return;
        }
        boolean debit = posting.kind() == PostingKind.DEBIT;
        Credits difference = debit ? posting.credits() : posting.credits().negated();
        RunKey key = new RunKey(posting.accountId(), runId);
        costs.add(key, posting);
        Run named = runs.get(key);
        if (named == null || named.status() == Run.Status.HARD_FAILURE) {
            spentBefore.merge(key, difference, Credits::plus);
            return;
        }
        if (!named.isRunning()) {
            costs.addLate(key, posting, named.finishedAt());
        }
        for (Run run : upFrom(posting.accountId(), runId)) {
            save(run.runId().equals(runId) ? run.spent(difference) : run.nested(difference));
        }
    }

    private void refused(Command<?> command, Refusal refusal, AccountView account) {
        if (command instanceof StartRun start) {
            save(start.blocked(refusal.code(), account.asOf()));
        } else if (command instanceof Command.Debit debit && debit.purpose().runId() != null) {
            Run run = run(account.accountId(), debit.purpose().runId());
            if (run != null && run.isRunning()) {
                save(run.because(refusal.code()));
            }
        }
    }

    @Override
    public void write(RoundTrip writes) {
        RunTable.writeRuns(writes, changed.values(), read.containsAll(changed.keySet()));
        costs.write(writes);
    }

    @Override
    public void committed() {
        finished.forEach(metrics::finished);
    }
}
