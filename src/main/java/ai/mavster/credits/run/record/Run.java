package ai.mavster.credits.run.record;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Refusal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A run of a test, and what it has cost.
 *
 * @param status {@link Status#HARD_FAILURE}: it was not allowed to start, and nothing was charged
 * @param reason the code of the 402 that kept it from starting or stopped it in the middle
 * @param estimated what it was expected to cost; null: nobody said
 * @param spent what its own debits took, less what was given back
 * @param nestedSpent the same of all runs below it
 * @param holdId null: nothing was reserved for it
 */
public record Run(
        String accountId,
        String runId,
        Status status,
        Refusal.@Nullable Code reason,
        @Nullable String workspaceId,
        @Nullable String projectId,
        @Nullable String testId,
        @Nullable String parentRunId,
        @Nullable Credits estimated,
        Credits spent,
        Credits nestedSpent,
        @Nullable UUID holdId,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    /** Where a run stands. */
    @Schema(name = "RunStatus")
    public enum Status {
        RUNNING,
        SUCCESS,
        FAILED,
        CANCELED,
        HARD_FAILURE;

        public String id() {
            return EnumId.of(this);
        }
    }

    public boolean isRunning() {
        return status == Status.RUNNING;
    }

    public Run because(Refusal.Code code) {
        return copy(status, code, spent, nestedSpent, holdId, finishedAt);
    }

    /** Its own debit took so much; negative: was given back. */
    public Run spent(Credits credits) {
        return copy(status, reason, spent.plus(credits), nestedSpent, holdId, finishedAt);
    }

    /** A run below it spent so much. */
    public Run nested(Credits credits) {
        return copy(status, reason, spent, nestedSpent.plus(credits), holdId, finishedAt);
    }

    public Run holding(UUID hold) {
        return copy(status, reason, spent, nestedSpent, hold, finishedAt);
    }

    public Run finished(Status end, Instant now) {
        return copy(end, reason, spent, nestedSpent, holdId, now);
    }

    private Run copy(
            Status newStatus,
            Refusal.@Nullable Code newReason,
            Credits newSpent,
            Credits newNested,
            @Nullable UUID newHold,
            @Nullable Instant newFinishedAt) {
        return new Run(
                accountId,
                runId,
                newStatus,
                newReason,
                workspaceId,
                projectId,
                testId,
                parentRunId,
                estimated,
                newSpent,
                newNested,
                newHold,
                startedAt,
                newFinishedAt);
    }
}
