package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountState;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.Posting;
import ai.mavster.credits.ledger.PostingKind;
import ai.mavster.credits.ledger.RoundTrip;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The runs of one batch: what their holds reserve, what debits add to them, and the rows to be written. */
final class RunWork implements Participant.Work {

    private static final Refusal KEY_REUSED = Refusal.of(
            Refusal.Code.IDEMPOTENCY_KEY_REUSED,
            "This idempotency key was used on this account for another request. Use a new key.");

    private final RunMetrics metrics;
    private final Map<Runs.Key, Run> runs = new HashMap<>();
    private final Map<Runs.RequestKey, Request> requests = new HashMap<>();
    private final Map<Runs.Key, Credits> spentBefore = new HashMap<>(0);
    private final Map<Runs.Key, Run> changed = new LinkedHashMap<>();
    private final List<Request> answered = new ArrayList<>(0);
    private final List<Estimated> estimated = new ArrayList<>(0);
    private final List<Run> finished = new ArrayList<>(0);

    RunWork(RunMetrics metrics) {
        this.metrics = metrics;
    }

    /** What the sender of an idempotency key was told. */
    record Request(String accountId, String idempotencyKey, byte[] fingerprint, Run run) {}

    /** What a run is expected to cost of one action. */
    record Estimated(Run run, StartRun.ActionCost cost) {}

    void load(Run run) {
        runs.put(new Runs.Key(run.accountId(), run.runId()), run);
    }

    void load(Request request) {
        requests.put(new Runs.RequestKey(request.accountId, request.idempotencyKey), request);
    }

    void load(Runs.Key run, Credits spent) {
        spentBefore.put(run, spent);
    }

    @Nullable
    Run run(String accountId, String runId) {
        return runs.get(new Runs.Key(accountId, runId));
    }

    @Nullable
    Request request(String accountId, String idempotencyKey) {
        return requests.get(new Runs.RequestKey(accountId, idempotencyKey));
    }

    /** The first answer again; or the refusal of a key that was used for something else. */
    Command.Change<Told> again(Request request, byte[] fingerprint) {
        return Arrays.equals(request.fingerprint, fingerprint)
                ? Command.Change.reserving(Credits.ZERO, () -> new Told(request.run, true))
                : Command.Change.refused(KEY_REUSED);
    }

    /** Keeps what is answered to a key. */
    Told told(String idempotencyKey, byte[] fingerprint, Run run) {
        Request request = new Request(run.accountId(), idempotencyKey, fingerprint, run);
        load(request);
        answered.add(request);
        return new Told(run, false);
    }

    void save(Run run) {
        load(run);
        changed.put(new Runs.Key(run.accountId(), run.runId()), run);
    }

    /** Lets a run start. Debits may have named it before: what they took is its own too, as of now. */
    Run start(Run run) {
        Credits before = spentBefore.getOrDefault(new Runs.Key(run.accountId(), run.runId()), Credits.ZERO);
        Run started = run.spent(before);
        save(started);
        if (before.isPositive()) {
            upFrom(run.accountId(), run.parentRunId()).forEach(above -> save(above.nested(before)));
        }
        return started;
    }

    void estimate(Run run, List<StartRun.ActionCost> costs) {
        costs.forEach(cost -> estimated.add(new Estimated(run, cost)));
    }

    void finish(Run run) {
        save(run);
        finished.add(run);
    }

    @Override
    public boolean knows(String accountId, String idempotencyKey) {
        return request(accountId, idempotencyKey) != null;
    }

    @Override
    public Credits lapsed(AccountState account, Instant now) {
        Credits lapsed = Credits.ZERO;
        for (Run run : List.copyOf(runs.values())) {
            Hold hold = run.hold();
            if (run.accountId().equals(account.accountId()) && hold != null && hold.isOpen() && hold.isExpired(now)) {
                lapsed = lapsed.plus(hold.remaining());
                save(run.holding(hold.release()));
            }
        }
        return lapsed;
    }

    @Override
    public @Nullable Instant lapsesAt(AccountState account, Instant after, Instant before) {
        Instant next = null;
        for (Run run : runs.values()) {
            Hold hold = run.hold();
            if (run.accountId().equals(account.accountId())
                    && hold != null
                    && hold.isOpen()
                    && !hold.isExpired(after)
                    && hold.isExpired(before)
                    && (next == null || hold.isExpired(next))) {
                next = hold.expiresAt();
            }
        }
        return next;
    }

    @Override
    public Credits reservedFor(Command.Debit debit, AccountState account, Instant now) {
        return upFrom(account.accountId(), debit.purpose().runId()).stream()
                .map(Run::reserved)
                .reduce(Credits.ZERO, Credits::plus);
    }

    @Override
    public @Nullable Refusal objection(Command.Debit debit, AccountState account, Instant now) {
        String runId = debit.purpose().runId();
        Run run = runId == null ? null : run(account.accountId(), runId);
        return run != null && run.status() == Run.Status.HARD_FAILURE ? RunRefusals.notRunning(run) : null;
    }

    @Override
    public void posted(Posting posting, AccountState account) {
        String runId = posting.purpose().runId();
        if (runId == null) {
            return;
        }
        boolean debit = posting.kind() == PostingKind.DEBIT;
        Credits difference = debit ? posting.credits() : posting.credits().negated();
        Run named = run(account.accountId(), runId);
        if (named == null || named.status() == Run.Status.HARD_FAILURE) {
            spentBefore.merge(new Runs.Key(account.accountId(), runId), difference, Credits::plus);
            return;
        }
        Credits toCapture = debit ? posting.credits() : Credits.ZERO;
        for (Run run : upFrom(account.accountId(), runId)) {
            Credits captured = run.reserved().min(toCapture);
            toCapture = toCapture.minus(captured);
            Hold hold = run.hold();
            Run after = hold == null ? run : run.holding(hold.capture(captured));
            save(run.runId().equals(runId) ? after.spent(difference) : after.nested(difference));
        }
    }

    /** A run and those above it, whose holds are drawn on in this order; none where it is not known. */
    private List<Run> upFrom(String accountId, @Nullable String runId) {
        List<Run> up = new ArrayList<>(1);
        Run run = runId == null ? null : run(accountId, runId);
        while (run != null) {
            up.add(run);
            run = run.parentRunId() == null ? null : run(accountId, run.parentRunId());
        }
        return up;
    }

    @Override
    public void refused(Command<?> command, Refusal refusal, AccountState account, Instant now) {
        if (!refusal.code().isPaymentRequired()) {
            return;
        }
        if (command instanceof StartRun start) {
            save(start.blocked(refusal.code(), now));
        } else if (command instanceof Command.Debit debit && debit.purpose().runId() != null) {
            Run run = run(account.accountId(), debit.purpose().runId());
            if (run != null && run.isRunning()) {
                save(run.because(refusal.code()));
            }
        }
    }

    @Override
    public void write(RoundTrip writes) {
        if (!changed.isEmpty()) {
            RunTables.writeRuns(writes, changed.values());
        }
        if (!answered.isEmpty()) {
            RunTables.writeRequests(writes, answered);
        }
        if (!estimated.isEmpty()) {
            RunTables.writeEstimates(writes, estimated);
        }
        if (!finished.isEmpty()) {
            RunTables.writeCosts(writes, finished);
        }
    }

    @Override
    public void committed() {
        finished.forEach(metrics::finished);
    }
}
