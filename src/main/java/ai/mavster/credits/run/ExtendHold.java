package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.CanonicalForm;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunWithHold;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reserves more for a run, and all of its hold for a time from now on. A run without a hold gets one.
 *
 * @param credits zero: only the time
 * @param holdFor null: as long as it was set last, an hour for a new one
 */
record ExtendHold(
        String accountId,
        String idempotencyKey,
        String runId,
        Credits credits,
        @Nullable Duration holdFor) implements RunCommand {

    @Override
    public byte[] fingerprint(Salt salt) {
        return new CanonicalForm()
                .add("extend hold")
                .add(runId)
                .add(credits.millionths())
                .add(holdFor == null ? null : holdFor.toString())
                .sha256();
    }

    @Override
    public String countedAs() {
        return "extension";
    }

    @Override
    public Change<RunWithHold> decide(RunsInBatch state, AccountView account) {
        Run run = state.run(account, runId);
        if (run == null) {
            return Change.refused(RunRefusals.notFound(runId));
        }
        if (!run.isRunning()) {
            return Change.refused(RunRefusals.notRunning(run));
        }
        if (run.holdId() != null) {
            Change.Extension extension = new Change.Extension(run.holdId(), credits, holdFor);
            return Change.extending(extension, hold -> reserved(state, account, run, hold));
        }
        if (credits.isZero()) {
            return Change.refused(RunRefusals.noHold(run));
        }
        Change.Reservation reservation =
                new Change.Reservation(credits, holdFor == null ? StartRun.HOLD_FOR : holdFor, purpose(run), List.of());
        return Change.reserving(reservation, hold -> reserved(state, account, run, hold));
    }

    private static RunWithHold reserved(RunsInBatch state, AccountView account, Run run, Hold hold) {
        Run holding = state.seen(account, run).holding(hold.holdId());
        state.save(holding);
        return new RunWithHold(holding, hold);
    }

    private static Purpose purpose(Run run) {
        return new Purpose(null, null, run.workspaceId(), run.projectId(), run.testId(), run.runId());
    }
}
