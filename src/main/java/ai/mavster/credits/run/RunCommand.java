package ai.mavster.credits.run;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.run.record.RunWithHold;
import org.jspecify.annotations.Nullable;

/** A change to a run. */
interface RunCommand extends Command.OfFeature<RunsInBatch, RunWithHold> {

    String runId();

    default @Nullable String parentRunId() {
        return null;
    }

    @Override
    default Class<RunsInBatch> decidedWith() {
        return RunsInBatch.class;
    }

    @Override
    default Class<RunWithHold> answerType() {
        return RunWithHold.class;
    }

    @Override
    default RunWithHold complete(RunsInBatch state, RunWithHold answer) {
        return answer.with(state.metadata(accountId(), runId()));
    }
}
