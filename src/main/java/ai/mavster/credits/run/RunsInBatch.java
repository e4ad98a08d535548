package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.run.RunTable.RunKey;
import ai.mavster.credits.run.record.Abandonment;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunHardFailure;
import ai.mavster.credits.run.record.RunMetrics;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final RunNotes notes = new RunNotes();
    private final RunQueue queue = new RunQueue(this);
    private final RunEnds ends = new RunEnds(this);
    private final Set<String> grown = new HashSet<>(0);
    private final Event<QueuedRuns.Grown> event;

    RunsInBatch(RunMetrics metrics, Abandonment abandonment, Event<QueuedRuns.Grown> event) {
        this.metrics = metrics;
        this.abandonment = abandonment;
        this.event = event;
    }

    RunQueue queue() {
        return queue;
    }

    RunEnds ends() {
        return ends;
    }

    ActionCosts costs() {
        return costs;
    }

    void load(Run run) {
        runs.put(key(run), run);
        read.add(key(run));
        queue.load(run);
    }

    RunNotes notes() {
        return notes;
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

    /** One that is known, as it will be written, whatever its time has come to. */
    Run written(AccountView account, String runId) {
        return Objects.requireNonNull(runs.get(new RunKey(account.accountId(), runId)));
    }

    /** The runs of an account that are known in this batch, as they are at the account's time. */
    List<Run> of(AccountView account) {
        List<Run> found = new ArrayList<>();
        for (Run run : runs.values()) {
            if (run.accountId().equals(account.accountId())) {
                found.add(Objects.requireNonNull(run(account, run.runId())));
            }
        }
        return found;
    }

    void save(Run run) {
        runs.put(key(run), run);
        changed.put(key(run), run);
    }

    /** Lets a run start. */
    Run start(AccountView account, Run run, @Nullable Metadata given) {
        notes.note(key(run), given);
        return begin(account, run);
    }

    /** Lets a run wait for credits. */
    void queue(Run run, @Nullable Metadata given, List<StartRun.ActionCost> items) {
        notes.note(key(run), given);
        save(run);
        queue.load(run);
        estimate(run, items);
        grown.add(run.accountId());
    }

    /** The same of one whose metadata are noted. Those above it live, too. */
    Run begin(AccountView account, Run run) {
        upFrom(account, run.parentRunId()).forEach(above -> save(above.seen(account.asOf())));
        return count(account, run);
    }

    /** From now on what debits took that named it before is its own, and is counted in those above it. */
    Run count(AccountView account, Run run) {
        Credits before = spentBefore.getOrDefault(key(run), Credits.ZERO);
        Run counted = run.spent(before);
        save(counted);
        upFrom(account, run.parentRunId()).forEach(above -> save(above.nested(before)));
        return counted;
    }

    /** What was noted beside a run that a command is about; null: nothing. */
    @Nullable
    Metadata metadata(String accountId, String runId) {
        return notes.of(new RunKey(accountId, runId));
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
        finishCosts(run);
    }

    /** What a run has cost by action is kept from now on. */
    void finishCosts(Run run) {
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
        if (run.status() == Run.Status.HARD_FAILURE || run.isQueued()) {
            return Participant.Attribution.refused(debit.purpose(), RunRefusals.notRunning(run));
        }
        Purpose purpose = debit.purpose().orOf(run.workspaceId(), run.projectId(), run.testId());
        return new Participant.Attribution(purpose, holds(account, runId), null, RunRefusals.another(purpose, run));
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
            ends.cancelAll(account);
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
        if (named == null || named.status() == Run.Status.HARD_FAILURE || named.isQueued()) {
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
            notes.note(key(blocked), start.metadata());
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

    @Override
    public boolean settle(AccountView account) {
        return ends.settle(account);
    }

    @Override
    public void write(RoundTrip writes) {
        RunTable.writeRuns(writes, changed.values(), read.containsAll(changed.keySet()));
        notes.write(writes);
        costs.write(writes);
    }

    @Override
    public void committed() {
        finished.forEach(metrics::finished);
        if (!grown.isEmpty()) {
            event.fire(new QueuedRuns.Grown(grown));
        }
    }
}
