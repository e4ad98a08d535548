package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Hold;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Salt;
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
 * @param invalid why it cannot be asked for, such as items without a price; null: it can. Said only where the key is
 *     new: a run that was started while it could be is told again
 * @param fingerprint a digest of what was asked for, to tell a repeat from another request under the same key
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
        @Nullable InvalidInput invalid,
        byte[] fingerprint)
        implements RunCommand {

    /** How long a hold lasts unless its caller says otherwise. */
    static final Duration HOLD_FOR = Duration.ofHours(1);

    /** What the items of one action are expected to cost. */
    record ActionCost(String action, Credits credits) {}

    @Override
    public String countedAs() {
        return "start";
    }

    @Override
    public byte[] fingerprint(Salt salt) {
        return fingerprint;
    }

    @Override
    public Change<RunWithHold> decide(RunsInBatch state, AccountView account) {
        if (invalid != null) {
            throw invalid;
        }
        Refusal refusal = refusal(state, account);
        if (refusal != null) {
            return Change.refused(refusal);
        }
        return hold == null
                ? Change.accepted(() -> started(state, account, null))
                : Change.reserving(
                        new Change.Reservation(hold, holdFor, purpose(), check().holds(account)),
                        reserved -> started(state, account, reserved));
    }

    private @Nullable Refusal refusal(RunsInBatch state, AccountView account) {
        Run existing = state.run(accountId, runId);
        if (existing != null && existing.status() != Run.Status.HARD_FAILURE) {
            return RunRefusals.exists(runId);
        }
        StartCheck check = check();
        Refusal refusal = check.refusal(account);
        if (refusal == null && hold != null) {
            refusal = check.refusal(hold, account);
        }
        return refusal == null || !refusal.code().isPaymentRequired() ? refusal : RunRefusals.blocked(refusal, runId);
    }

    private StartCheck check() {
        return new StartCheck(accountId, parentRunId, estimate, purpose());
    }

    private Purpose purpose() {
        return new Purpose(null, null, workspaceId, projectId, testId, runId);
    }

    private RunWithHold started(RunsInBatch state, AccountView account, @Nullable Hold reserved) {
        Run run = run(Run.Status.RUNNING, null, account.asOf());
        Run started = state.start(reserved == null ? run : run.holding(reserved.holdId()));
        state.estimate(started, items);
        return new RunWithHold(started, reserved);
    }

    /** What is kept of it where it may not start. */
    Run blocked(Refusal.Code reason, Instant now) {
        return run(Run.Status.HARD_FAILURE, reason, now);
    }

    private Run run(Run.Status status, Refusal.@Nullable Code reason, Instant now) {
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
                status == Run.Status.RUNNING ? null : now);
    }
}
