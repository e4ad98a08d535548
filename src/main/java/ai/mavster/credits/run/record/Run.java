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
 * @param status {@link Status#HARD_FAILURE}: it was not allowed to start, and nothing was charged;
 *     {@link Status#ABANDONED}: nobody finished it
 * @param reason the code of the 402 that kept it from starting, or that it got last without having been able to spend
 *     since: that is why it ended, unless it goes on
 * @param estimated what it was expected to cost; null: nobody said
 * @param spent what its own debits took, less what was given back
 * @param nestedSpent the same of all runs below it
 * @param holdId null: nothing was reserved for it
 * @param startedAt of one that waits, and of one that did not come to start: when it came
 * @param finishedAt of an abandoned one: since when it counts as that
 * @param seenAt when it, or a run below it, last showed a sign of life
 * @param queue where it waits or has waited for credits; null: it has not
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
        @Nullable Instant finishedAt,
        Instant seenAt,
        PastRefusals refusals,
        @Nullable QueuePlace queue) {

    /** Where a run stands. */
    @Schema(name = "RunStatus")
    public enum Status {
        QUEUED,
        RUNNING,
        SUCCESS,
        FAILED,
        CANCELED,
        ABANDONED,
        HARD_FAILURE;

        public String id() {
            return EnumId.of(this);
        }
    }

    public boolean isRunning() {
        return status == Status.RUNNING;
    }

    /** Whether it waits for credits, to start then. */
    public boolean isQueued() {
        return status == Status.QUEUED;
    }

    /** Whether its end has not been reported: it is running, or was given up. */
    public boolean isUnfinished() {
        return isRunning() || status == Status.ABANDONED;
    }

    /** It leaves the queue and begins. */
    public Run started(Instant now) {
        return new Run(
                accountId,
                runId,
                Status.RUNNING,
                null,
                workspaceId,
                projectId,
                testId,
                parentRunId,
                estimated,
                spent,
                nestedSpent,
                holdId,
                now,
                null,
                now,
                refusals,
                queue);
    }

    /** It has waited in vain: what kept it from starting is why it ends. */
    public Run expired(Instant at) {
        return copy(Status.HARD_FAILURE, reason, spent, nestedSpent, holdId, at, seenAt, refusals);
    }

    /** It, or a run below it, lives; of no use once it is over. */
    public Run seen(Instant now) {
        return isRunning() ? copy(status, reason, spent, nestedSpent, holdId, finishedAt, now, refusals) : this;
    }

    /** It got a 402. */
    public Run refused(Refusal refusal, Instant now) {
        return copy(
                status, refusal.code(), spent, nestedSpent, holdId, finishedAt, seenAt, refusals.with(refusal, now));
    }

    /** Its own debit took so much: what it was refused before did not stop it. Negative: was given back. */
    public Run spent(Credits credits) {
        Refusal.Code still = isRunning() && credits.isPositive() ? null : reason;
        return copy(status, still, spent.plus(credits), nestedSpent, holdId, finishedAt, seenAt, refusals);
    }

    /** A run below it spent so much. */
    public Run nested(Credits credits) {
        return copy(status, reason, spent, nestedSpent.plus(credits), holdId, finishedAt, seenAt, refusals);
    }

    /** So much more is reserved for it, by this hold. */
    public Run holding(UUID hold) {
        return copy(status, null, spent, nestedSpent, hold, finishedAt, seenAt, refusals);
    }

    /** A run that succeeds was not stopped by what it was refused last. */
    public Run finished(Status end, Instant now) {
        return copy(end, end == Status.SUCCESS ? null : reason, spent, nestedSpent, holdId, now, seenAt, refusals);
    }

    /** Nobody finished it. */
    public Run abandoned(Instant at) {
        return copy(Status.ABANDONED, reason, spent, nestedSpent, holdId, at, seenAt, refusals);
    }

    private Run copy(
            Status newStatus,
            Refusal.@Nullable Code newReason,
            Credits newSpent,
            Credits newNested,
            @Nullable UUID newHold,
            @Nullable Instant newFinishedAt,
            Instant newSeenAt,
            PastRefusals newRefusals) {
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
                newFinishedAt,
                newSeenAt,
                newRefusals,
                queue);
    }
}
