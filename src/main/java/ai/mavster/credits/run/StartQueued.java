package ai.mavster.credits.run;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunWithHold;
import org.jspecify.annotations.Nullable;

/**
 * Lets a run that waits for credits start, with its hold, if it is its turn and there are enough. Else all stays as it
 * is; safe to repeat, and for several processes at once. Where the run above it is over it cannot start any more, and is
 * canceled.
 */
record StartQueued(String accountId, String runId) implements RunCommand {

    /** Of which nothing comes: for looking at the queue by what it would be decided with. */
    static StartQueued lookingAt(String accountId) {
        return new StartQueued(accountId, "");
    }

    @Override
    public Change<RunWithHold> decide(RunsInBatch state, AccountView account) {
        Run run = state.run(account, runId);
        if (run == null) {
            return Change.refused(RunRefusals.notFound(runId));
        }
        StartCheck check = StartCheck.of(run);
        if (!run.isQueued()
                || run.queue() == null
                || state.queue().ahead(account, check.purpose(), run.queue().number()) != null) {
            Hold hold = run.holdId() == null ? null : account.hold(run.holdId());
            return Change.unchanged(new RunWithHold(run, hold));
        }
        Refusal refusal = check.refusalToStart(run.queue().hold(), account);
        if (refusal != null) {
            return refusal.code().isPaymentRequired()
                    ? Change.unchanged(new RunWithHold(run, null))
                    : Change.accepted(() -> new RunWithHold(state.ends().cancel(account, run), null));
        }
        return run.queue().hold() == null
                ? Change.accepted(() -> started(state, account, run, null))
                : Change.reserving(
                        new Change.Reservation(
                                run.queue().hold(), run.queue().holdFor(), check.purpose(), check.holds(account)),
                        reserved -> started(state, account, run, reserved));
    }

    private static RunWithHold started(RunsInBatch state, AccountView account, Run queued, @Nullable Hold reserved) {
        Run run = queued.started(account.asOf());
        Run started = state.begin(account, reserved == null ? run : run.holding(reserved.holdId()));
        account.publish(new RunQueue.Left(started));
        return new RunWithHold(started, reserved);
    }
}
