package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts a run: the check of a preflight, and the hold, in one step.
 *
 * @param estimate what the run is expected to cost; null: it is blocked only when nothing is available
 * @param items the same by action, where it was estimated so
 * @param hold what to set aside; null: nothing
 * @param holdFor how long, counted from the start
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
        byte[] fingerprint)
        implements RunCommand<Told> {

    private static final Credits SMALLEST = new Credits(1);

    /** What the items of one action are expected to cost. */
    record ActionCost(String action, Credits credits) {}

    @Override
    public Command.Change<Told> decide(RunWork work, Books books) {
        RunWork.Request earlier = work.request(accountId, idempotencyKey);
        if (earlier != null) {
            return work.again(earlier, fingerprint);
        }
        Refusal refusal = refusal(work, books);
        if (refusal != null) {
            return Command.Change.refused(refusal);
        }
        Run wanted = started(books);
        return Command.Change.reserving(wanted.reserved(), () -> {
            Run started = work.start(wanted);
            work.estimate(started, items);
            return work.told(idempotencyKey, fingerprint, started);
        });
    }

    private @Nullable Refusal refusal(RunWork work, Books books) {
        Run existing = work.run(accountId, runId);
        if (existing != null && existing.status() != Run.Status.HARD_FAILURE) {
            return Refusal.of(
                    Refusal.Code.RUN_EXISTS,
                    "Run %s was started before. Send the Idempotency-Key it was started with, or choose another run_id."
                            .formatted(runId));
        }
        if (parentRunId != null) {
            Run parent = work.run(accountId, parentRunId);
            if (parent == null) {
                return RunRefusals.notFound(parentRunId);
            }
            if (!parent.isRunning()) {
                return RunRefusals.notRunning(parent);
            }
        }
        Refusal spending = books.refusal(debit(estimate == null ? SMALLEST : estimate, parentRunId));
        if (spending == null && hold != null) {
            spending = books.refusal(debit(hold, null));
        }
        return spending == null ? null : RunRefusals.blocked(spending, runId);
    }

    /** As a debit of the run above it, whose hold is for the runs below it too. */
    private Command.Debit debit(Credits credits, @Nullable String drawsOn) {
        return new Command.Debit(
                accountId,
                null,
                credits,
                Command.OnInsufficient.REFUSE,
                new Purpose(null, null, workspaceId, projectId, testId, drawsOn));
    }

    private Run started(Books books) {
        Instant now = books.asOf();
        return run(Run.Status.RUNNING, null, hold == null ? null : Hold.of(books.newId(), hold, holdFor, now), now);
    }

    /** What is kept of it where it may not start. */
    Run blocked(Refusal.Code reason, Instant now) {
        return run(Run.Status.HARD_FAILURE, reason, null, now);
    }

    private Run run(Run.Status status, Refusal.@Nullable Code reason, @Nullable Hold set, Instant now) {
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
                set,
                now,
                status == Run.Status.RUNNING ? null : now);
    }
}
