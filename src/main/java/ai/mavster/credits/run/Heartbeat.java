package ai.mavster.credits.run;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunWithHold;

/** A sign of life of a run. Its hold lasts no longer by that. */
record Heartbeat(String accountId, String runId) implements RunCommand {

    @Override
    public Change<RunWithHold> decide(RunsInBatch state, AccountView account) {
        Run run = state.run(account, runId);
        if (run == null) {
            return Change.refused(RunRefusals.notFound(runId));
        }
        if (!run.isRunning()) {
            return Change.refused(RunRefusals.notRunning(run));
        }
        Hold hold = run.holdId() == null ? null : account.hold(run.holdId());
        return state.isFresh(account, run)
                ? Change.unchanged(new RunWithHold(run, hold))
                : Change.accepted(() -> new RunWithHold(state.seen(account, run), hold));
    }
}
