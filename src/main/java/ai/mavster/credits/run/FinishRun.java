package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Command;

/** Ends a run, and releases what is left of its hold. Ending it once more in the same way changes nothing. */
record FinishRun(String accountId, String runId, Run.Status end) implements RunCommand<Run> {

    @Override
    public Command.Change<Run> decide(RunWork work, Books books) {
        Run run = work.run(accountId, runId);
        if (run == null) {
            return Command.Change.refused(RunRefusals.notFound(runId));
        }
        if (run.status() == end) {
            return Command.Change.reserving(Credits.ZERO, () -> run);
        }
        if (!run.isRunning()) {
            return Command.Change.refused(RunRefusals.notRunning(run));
        }
        Run finished = run.finished(end, books.asOf());
        return Command.Change.reserving(run.reserved().negated(), () -> {
            work.finish(finished);
            return finished;
        });
    }
}
