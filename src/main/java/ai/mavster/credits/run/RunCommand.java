package ai.mavster.credits.run;

import ai.mavster.credits.ledger.Command;
import org.jspecify.annotations.Nullable;

/** A change to a run. */
interface RunCommand<A> extends Command.Feature<RunWork, A> {

    String runId();

    default @Nullable String parentRunId() {
        return null;
    }

    @Override
    default Class<RunWork> decidedWith() {
        return RunWork.class;
    }
}
