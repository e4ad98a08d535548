package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Hold;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.run.RunTable.RunKey;
import ai.mavster.credits.run.record.Abandonment;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunHardFailure;
import ai.mavster.credits.sql.RoundTrip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The runs of one batch: which holds their debits draw on, what debits add to them, and the rows to be written. */
final class RunsInBatch implements Participant.InBatch {

    private final RunMetrics metrics;
    private final Abandonment abandonment;
    private final ActionCosts costs = new ActionCosts();
    private final Map<RunKey, Run> runs = new HashMap<>();
    private final Set<RunKey> read = new HashSet<>();
    private final Map<RunKey, Credits> spentBefore = new HashMap<>(0);
    private final Map<RunKey, Run> changed = new LinkedHashMap<>();
    private final List<Run> finished = new ArrayList<>(0);
    private final Map<RunKey, Metadata> metadata = new HashMap<>(0);
    private final Set<RunKey> noted = new LinkedHashSet<>(0);
    private final Set<RunKey> silent = new LinkedHashSet<>(0);

    RunsInBatch(RunMetrics metrics, Abandonment abandonment) {
        this.metrics = metrics;
        this.abandonment = abandonment;
    }

    ActionCosts costs() {
        return costs;
    }

    void load(Run run) {
        runs.put(key(run), run);
        read.add(key(run));
    }

    /** A run that is to be ended if nothing was heard of it by the account's time. */
    void expectSilence(Run run) {
        silent.add(key(run));
    }

    void load(RunKey run, Metadata found) {
        metadata.put(run, found);
    }

    /** One that may be ended in this batch, by nobody who names it. */
    void expectEnd(Run run) {
        costs.expect(key(run));
    }

    void load(RunKey run, Credits spent) {
        spentBefore.put(run, spent);
    }

    private static RunKey key(Run run) {
        return new RunKey(run.accountId(), run.runId());
    }

    /** A run of an account, as it is at the account's time; null: there is none. */
    @Nullable
    Run run(AccountView account, String runId) {
        Run run = runs.get(new RunKey(account.accountId(), runId));
        return run == null
                ? null
                : abandonment.asOf(account.asOf(), run, run.holdId() == null ? null : account.hold(run.holdId()));
    }

    void save(Run run) {
        runs.put(key(run), run);
        changed.put(key(run), run);
    }

    /** Lets a run start. Debits may have named it before: what they took is its own too, as of now. */
    Run start(AccountView account, Run run, @Nullable Metadata given) {
        note(run, given);
        Credits before = spentBefore.getOrDefault(key(run), Credits.ZERO);
        Run started = run.spent(before);
        save(started);
        upFrom(account, run.parentRunId())
                .forEach(above -> save(above.nested(before).seen(account.asOf())));
        return started;
    }

    /** What its caller noted beside a run that starts, or may not; whatever stood beside one of that name before. */
    private void note(Run run, @Nullable Metadata given) {
        if (given != null) {
            metadata.put(key(run), given);
            noted.add(key(run));
        } else if (metadata.remove(key(run)) != null) {
            noted.add(key(run));
        }
    }

    /** What was noted beside a run that a command is about; null: nothing. */
    @Nullable
    Metadata metadata(String accountId, String runId) {
        return metadata.get(new RunKey(accountId, runId));
    }

    /** The run that is to be above one that starts; null: none, or none that is known. */
    @Nullable
    Run parent(AccountView account, StartRun start) {
        return start.parentRunId() == null ? null : run(account, start.parentRunId());
    }

    /** A run lives, and with it those above it. */
    Run seen(AccountView account, Run run) {
        List<Run> up = upFrom(account, run.runId());
        up.replaceAll(one -> one.seen(account.asOf()));
        up.forEach(this::save);
        return up.get(0);
    }

    boolean isFresh(AccountView account, Run run) {
        return abandonment.isFresh(run, account.asOf());
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
    List<Run> upFrom(AccountView account, @Nullable String runId) {
        List<Run> up = new ArrayList<>(1);
        Run run = runId == null ? null : run(account, runId);
        while (run != null) {
            up.add(run);
            run = run.parentRunId() == null ? null : run(account, run.parentRunId());
        }
        return up;
    }

    /**
     * A debit of a run is for what the run is for, and draws on its hold first, then on those above it. What the run
     * does not say the debit may.
     */
    @Override
    public Participant.@Nullable Attribution attribute(Command.Debit debit, AccountView account) {
        String runId = debit.purpose().runId();
        if (runId == null) {
            return null;
        }
        Run run = run(account, runId);
        if (run == null) {
            return debit.ofKnownRun()
                    ? Participant.Attribution.refused(debit.purpose(), RunRefusals.notFound(runId))
                    : null;
        }
        if (run.status() == Run.Status.HARD_FAILURE) {
            return Participant.Attribution.refused(debit.purpose(), RunRefusals.notRunning(run));
        }
        Purpose purpose = debit.purpose().orOf(run.workspaceId(), run.projectId(), run.testId());
        return new Participant.Attribution(purpose, holds(account, runId), null, RunRefusals.another(purpose, run));
    }

    /**
     * Which hold gets back what a run's took over and did not use: that of the nearest run above that still runs, if it
     * lasts. Null: none does.
     */
    @Nullable
    UUID recipient(Run ended, AccountView account) {
        for (Run above : upFrom(account, ended.parentRunId())) {
            Hold hold = above.holdId() == null ? null : account.hold(above.holdId());
            if (above.isRunning() && hold != null && !hold.isExpired(account.asOf())) {
                return hold.holdId();
            }
        }
        return null;
    }

    /** The holds of a run and of those above it, nearest first. */
    List<UUID> holds(AccountView account, @Nullable String runId) {
        List<UUID> holds = new ArrayList<>(1);
        for (Run one : upFrom(account, runId)) {
            if (one.holdId() != null) {
                holds.add(one.holdId());
            }
        }
        return holds;
    }

    @Override
    public void hear(Fact fact, AccountView account) {
        if (fact instanceof Fact.Posted posted) {
            posted(posted.posting(), account);
        } else if (fact instanceof Fact.Refused refused
                && refused.refusal().code().isPaymentRequired()) {
            refused(refused.command(), refused.refusal(), account);
        } else if (fact instanceof Fact.Closed) {
            cancel(account);
        }
    }

    /** An account that is closed has no run that is running; of one that was given up before, that stands. */
    private void cancel(AccountView account) {
        for (RunKey key : List.copyOf(runs.keySet())) {
            Run run = key.accountId().equals(account.accountId()) ? run(account, key.runId()) : null;
            if (run != null && run.isRunning()) {
                Run canceled = run.finished(Run.Status.CANCELED, account.asOf());
                finish(canceled);
                account.publish(new RunFinished(canceled));
            } else if (run != null && run.status() == Run.Status.ABANDONED) {
                save(run);
            }
        }
    }

    private void posted(Posting posting, AccountView account) {
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
        if (!named.isUnfinished()) {
            costs.addLate(key, posting, named.finishedAt());
        }
        for (Run run : upFrom(account, runId)) {
            Run after = run.runId().equals(runId) ? run.spent(difference) : run.nested(difference);
            save(debit ? after.seen(account.asOf()) : after);
        }
    }

    private void refused(Command<?> command, Refusal refusal, AccountView account) {
        if (command instanceof StartRun start) {
            Run blocked = start.under(parent(account, start)).blocked(refusal.code(), account.asOf());
            RunHardFailure.announce(run(account, start.runId()), blocked, account);
            note(blocked, start.metadata());
            save(blocked);
            return;
        }
        String runId = command instanceof Command.Debit debit
                ? debit.purpose().runId()
                : command instanceof ExtendHold extension ? extension.runId() : null;
        Run run = runId == null ? null : run(account, runId);
        if (run != null && run.isRunning()) {
            save(seen(account, run).refused(refusal, account.asOf()));
        }
    }

    /** Ends those runs of an account that nobody has finished, and of which nothing was heard. */
    @Override
    public boolean settle(AccountView account) {
        boolean settled = false;
        for (RunKey key : silent) {
            Run run = key.accountId().equals(account.accountId()) ? run(account, key.runId()) : null;
            if (run != null && run.status() == Run.Status.ABANDONED) {
                save(run);
                settled = true;
            }
        }
        return settled;
    }

    @Override
    public void write(RoundTrip writes) {
        RunTable.writeRuns(writes, changed.values(), read.containsAll(changed.keySet()));
        for (RunKey run : noted) {
            RunTable.writeNoted(writes, new RunTable.Noted(run, metadata.get(run)));
        }
        costs.write(writes);
    }

    @Override
    public void committed() {
        finished.forEach(metrics::finished);
    }
}
