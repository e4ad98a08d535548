package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.CanonicalForm;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.ledger.posting.Texts;
import ai.mavster.credits.run.record.PastRefusals;
import ai.mavster.credits.run.record.QueuePlace;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunWithHold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts a run: the check of a preflight, and the hold, in one step. Of a run that another one calls, the hold takes
 * over what the holds above have left, nearest first, and reserves only the rest anew.
 *
 * @param estimate what the run is expected to cost; null: it is blocked only when nothing is available
 * @param items the same by action, where it was estimated so
 * @param hold what to reserve; null: nothing
 * @param holdFor how long, counted from the start
 * @param queueFor for how long it waits for credits where there are not enough, or older ones wait; null: it is refused
 * @param invalid why it cannot be asked for, such as items without a price; null: it can. Said only where the key is
 *     new: a run that was started while it could be is returned again
 * @param asked a digest of what was asked for but for the metadata, to tell a repeat from another request
 * @param metadata kept beside the run, and in no answer, so that it can be erased
 */
record StartRun(
        String accountId,
        String idempotencyKey,
        String runId,
        @Nullable String workspaceId,
        @Nullable String projectId,
        @Nullable String testId,
        @Nullable String parentRunId,
        @Nullable Credits estimate,
        List<ActionCost> items,
        @Nullable Credits hold,
        Duration holdFor,
        @Nullable Duration queueFor,
        @Nullable InvalidInput invalid,
        byte[] asked,
        @Nullable Metadata metadata)
        implements RunCommand {

    /** How long a hold lasts unless its caller says otherwise. */
    static final Duration HOLD_FOR = Duration.ofHours(1);

    /** How long it waits for credits, likewise. */
    static final Duration QUEUE_FOR = Duration.ofHours(1);

    /** What the items of one action are expected to cost. */
    record ActionCost(String action, Credits credits) {}

    @Override
    public String countedAs() {
        return "start";
    }

    @Override
    public byte[] fingerprint(Salt salt) {
        return new CanonicalForm()
                .add(asked)
                .add(salt.digest(Texts.of(metadata)))
                .sha256();
    }

    @Override
    public Change<RunWithHold> decide(RunsInBatch state, AccountView account) {
        if (invalid != null) {
            throw invalid;
        }
        return under(state.parent(account, this)).decided(state, account);
    }

    /** The same, for the parent's workspace, project and test where it says none of its own. */
    StartRun under(@Nullable Run parent) {
        return parent == null
                ? this
                : new StartRun(
                        accountId,
                        idempotencyKey,
                        runId,
                        workspaceId == null ? parent.workspaceId() : workspaceId,
                        projectId == null ? parent.projectId() : projectId,
                        testId == null ? parent.testId() : testId,
                        parentRunId,
                        estimate,
                        items,
                        hold,
                        holdFor,
                        queueFor,
                        invalid,
                        asked,
                        metadata);
    }

    private Change<RunWithHold> decided(RunsInBatch state, AccountView account) {
        Refusal refusal = refusal(state, account);
        if (queueFor != null && (refusal == null || refusal.code().isPaymentRequired())) {
            Run ahead = state.queue().ahead(account, purpose(), Long.MAX_VALUE);
            Refusal.Code reason = refusal != null ? refusal.code() : ahead != null ? ahead.reason() : null;
            if (reason != null) {
                return state.queue().isFull(account)
                        ? Change.refused(RunRefusals.queueFull())
                        : Change.accepted(() -> queued(state, account, reason, queueFor));
            }
        }
        if (refusal != null) {
            return Change.refused(refusal.code().isPaymentRequired() ? RunRefusals.blocked(refusal, runId) : refusal);
        }
        return hold == null
                ? Change.accepted(() -> started(state, account, null))
                : Change.reserving(
                        new Change.Reservation(hold, holdFor, purpose(), check().holds(account)),
                        reserved -> started(state, account, reserved));
    }

    private @Nullable Refusal refusal(RunsInBatch state, AccountView account) {
        Run existing = state.run(account, runId);
        if (existing != null && existing.status() != Run.Status.HARD_FAILURE) {
            return RunRefusals.exists(runId);
        }
        return check().refusalToStart(hold, account);
    }

    private RunWithHold queued(RunsInBatch state, AccountView account, Refusal.Code reason, Duration atMost) {
        Instant now = account.asOf();
        QueuePlace place = new QueuePlace(state.queue().nextNumber(account), now, now.plus(atMost), hold, holdFor);
        Run run = run(Run.Status.QUEUED, reason, now, place);
        state.queue(run, metadata, items);
        return new RunWithHold(run, null);
    }

    private StartCheck check() {
        return new StartCheck(accountId, parentRunId, estimate, purpose());
    }

    private Purpose purpose() {
        return new Purpose(null, null, workspaceId, projectId, testId, runId);
    }

    private RunWithHold started(RunsInBatch state, AccountView account, @Nullable Hold reserved) {
        Run run = run(Run.Status.RUNNING, null, account.asOf(), null);
        Run started = state.start(account, reserved == null ? run : run.holding(reserved.holdId()), metadata);
        state.estimate(started, items);
        return new RunWithHold(started, reserved);
    }

    /** What is kept of it where it may not start. */
    Run blocked(Refusal.Code reason, Instant now) {
        return run(Run.Status.HARD_FAILURE, reason, now, null);
    }

    private Run run(Run.Status status, Refusal.@Nullable Code reason, Instant now, @Nullable QueuePlace place) {
        return new Run(
                accountId,
                runId,
                status,
                reason,
                workspaceId,
                projectId,
                testId,
                parentRunId,
                estimate,
                Credits.ZERO,
                Credits.ZERO,
                null,
                now,
                status == Run.Status.HARD_FAILURE ? now : null,
                now,
                PastRefusals.NONE,
                place);
    }
}
