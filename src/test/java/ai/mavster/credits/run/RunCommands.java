package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.CanonicalForm;
import ai.mavster.credits.ledger.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands of runs, which other packages do not know, for tests that ask them of the ledger. Amounts are millionths. */
public final class RunCommands {

    /** How long a hold lasts that a run is given in mid-run. */
    public static final Duration HOLD_FOR = Hold.UNLESS_SAID;

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
            Duration holdFor) {

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
                    new CanonicalForm().add(toString()).sha256());
        }
    }

    /** More to set aside for a run. */
    public record Extension(String accountId, String idempotencyKey, String runId, long credits) {

        public Command<?> command() {
            return new ExtendHold(accountId, idempotencyKey, runId, new Credits(credits), HOLD_FOR);
        }
    }

    /** The end of a run: {@code success}, {@code failed} or {@code canceled}. */
    public static Command<?> finish(String accountId, String runId, String end) {
        return new FinishRun(accountId, runId, Run.Status.of(end));
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
            @Nullable Instant holdExpiresAt,
            Instant startedAt,
            @Nullable Instant finishedAt) {

        private static Figures of(Run run) {
            Hold hold = run.hold();
            Refusal.Code reason = run.reason();
            Credits estimated = run.estimated();
            return new Figures(
                    run.runId(),
                    run.status().id(),
                    reason == null ? null : reason.name().toLowerCase(Locale.ROOT),
                    run.projectId(),
                    run.parentRunId(),
                    estimated == null ? null : estimated.millionths(),
                    run.spent().millionths(),
                    run.nestedSpent().millionths(),
                    hold == null ? 0 : hold.amount().millionths(),
                    hold == null ? 0 : hold.captured().millionths(),
                    hold == null ? 0 : hold.released().millionths(),
                    hold == null ? null : hold.expiresAt(),
                    run.startedAt(),
                    run.finishedAt());
        }
    }

    /** The answer to any of these commands, as text. */
    public static String read(Object answer) {
        return answer instanceof Told told
                ? Figures.of(told.run()) + (told.replayed() ? " again" : "")
                : Figures.of((Run) answer).toString();
    }
}
