package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.CanonicalForm;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunWithHold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of runs, which other packages do not know, for tests that ask them of the ledger. Amounts are
 * millionths.
 */
public final class RunCommands {

    /** How long a hold lasts that a run is given in mid-run. */
    public static final Duration HOLD_FOR = StartRun.HOLD_FOR;

    private RunCommands() {}

    /** A run that is to start. */
    public record Start(
            String accountId,
            String idempotencyKey,
            String runId,
            @Nullable String projectId,
            @Nullable String parentRunId,
            @Nullable Long estimate,
            @Nullable Long hold,
            Duration holdFor,
            @Nullable Duration queueFor) {

        public Command<?> command() {
            return new StartRun(
                    accountId,
                    idempotencyKey,
                    runId,
                    null,
                    projectId,
                    null,
                    parentRunId,
                    estimate == null ? null : new Credits(estimate),
                    List.of(),
                    hold == null ? null : new Credits(hold),
                    holdFor,
                    queueFor,
                    null,
                    new CanonicalForm().add(toString()).sha256(),
                    null);
        }
    }

    /** More to reserve for a run. */
    public record Extension(String accountId, String idempotencyKey, String runId, long credits) {

        public Command<?> command() {
            return new ExtendHold(accountId, idempotencyKey, runId, new Credits(credits), null);
        }
    }

    /** The end of a run: {@code success}, {@code failed} or {@code canceled}. */
    public static Command<?> finish(String accountId, String runId, String end) {
        return new FinishRun(accountId, runId, EnumId.parse(Run.Status.class, end));
    }

    /** The turn of a run that waits for credits. */
    public static Command<?> startQueued(String accountId, String runId) {
        return new StartQueued(accountId, runId);
    }

    /** A sign of life. */
    public static Command<?> heartbeat(String accountId, String runId) {
        return new Heartbeat(accountId, runId);
    }

    /** What is known of a run. */
    public record Figures(
            String runId,
            String status,
            @Nullable String reason,
            @Nullable String projectId,
            @Nullable String parentRunId,
            @Nullable Long estimated,
            long spent,
            long nestedSpent,
            long hold,
            long captured,
            long released,
            long moved,
            @Nullable Instant holdExpiresAt,
            Instant startedAt,
            @Nullable Instant finishedAt,
            Instant seenAt,
            long refused) {

        private static Figures of(RunWithHold both) {
            Run run = both.run();
            Hold hold = both.hold();
            Refusal.Code reason = run.reason();
            Credits estimated = run.estimated();
            return new Figures(
                    run.runId(),
                    run.status().id(),
                    reason == null ? null : reason.id(),
                    run.projectId(),
                    run.parentRunId(),
                    estimated == null ? null : estimated.millionths(),
                    run.spent().millionths(),
                    run.nestedSpent().millionths(),
                    hold == null ? 0 : hold.amount().millionths(),
                    hold == null ? 0 : hold.captured().millionths(),
                    hold == null ? 0 : hold.released().millionths(),
                    hold == null ? 0 : hold.moved().millionths(),
                    hold == null ? null : hold.expiresAt(),
                    run.startedAt(),
                    run.finishedAt(),
                    run.seenAt(),
                    run.refusals().count());
        }
    }

    /** The answer to any of these commands, as text. */
    public static String read(Object answer, boolean replayed) {
        return Figures.of((RunWithHold) answer) + (replayed ? " again" : "");
    }
}
