package ai.mavster.credits.run;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunWithHold;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run, and releases what is left of its hold; what that took over from runs above goes back to one that still
 * runs. One that waits for credits may be canceled, and leaves the queue. Ending it once more in the same way changes nothing; one that was given up has its true end then.
 */
record FinishRun(String accountId, String runId, Run.Status end) implements RunCommand {

    @Override
    public Change<RunWithHold> decide(RunsInBatch state, AccountView account) {
        Run run = state.run(account, runId);
        if (run == null) {
            return Change.refused(RunRefusals.notFound(runId));
        }
        if (run.status() == end) {
            Hold hold = run.holdId() == null ? null : account.hold(run.holdId());
            return Change.accepted(() -> new RunWithHold(run, hold));
        }
        if (run.isQueued() && end == Run.Status.CANCELED) {
            return Change.accepted(() -> new RunWithHold(state.ends().cancel(account, run), null));
        }
        if (!run.isUnfinished()) {
            return Change.refused(RunRefusals.notRunning(run));
        }
        return run.holdId() == null
                ? Change.accepted(() -> finished(state, account, run, null))
                : Change.releasing(
                        run.holdId(),
                        state.ends().recipient(run, account),
                        hold -> finished(state, account, run, hold));
    }

    private RunWithHold finished(RunsInBatch state, AccountView account, Run run, @Nullable Hold hold) {
        Run finished = run.finished(end, account.asOf());
        state.finish(finished);
        account.publish(new RunEnds.RunFinished(finished));
        return new RunWithHold(finished, hold);
    }
}
