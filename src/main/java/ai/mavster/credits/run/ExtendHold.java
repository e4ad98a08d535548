package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.CanonicalForm;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Purpose;
import java.time.Duration;

/**
 * Sets more credits aside for a run, and the whole hold for as long again. A run without a hold gets one.
 *
 * @param holdFor how long, where the run has no hold yet
 */
record ExtendHold(String accountId, String idempotencyKey, String runId, Credits credits, Duration holdFor)
        implements RunCommand<Told> {

    byte[] fingerprint() {
        return new CanonicalForm()
                .add("extend hold")
                .add(runId)
                .add(credits.millionths())
                .sha256();
    }

    @Override
    public Command.Change<Told> decide(RunWork work, Books books) {
        RunWork.Request earlier = work.request(accountId, idempotencyKey);
        if (earlier != null) {
            return work.again(earlier, fingerprint());
        }
        Run run = work.run(accountId, runId);
        if (run == null) {
            return Command.Change.refused(RunRefusals.notFound(runId));
        }
        if (!run.isRunning()) {
            return Command.Change.refused(RunRefusals.notRunning(run));
        }
        Refusal refusal = books.refusal(new Command.Debit(
                accountId,
                null,
                credits,
                Command.OnInsufficient.REFUSE,
                new Purpose(null, null, run.workspaceId(), run.projectId(), run.testId(), null)));
        if (refusal != null) {
            return Command.Change.refused(refusal);
        }
        Hold hold = run.hold();
        Run after = run.holding(
                hold == null
                        ? Hold.of(books.newId(), credits, holdFor, books.asOf())
                        : hold.extend(credits, books.asOf()));
        return Command.Change.reserving(credits, () -> {
            work.save(after);
            return work.told(idempotencyKey, fingerprint(), after);
        });
    }
}
