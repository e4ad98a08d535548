package ai.mavster.credits.run.record;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.PublicId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A run as callers see it. */
@Schema(name = "Run", examples = """
            {"run_id": "run-1", "account_id": "acct_7", "status": "running", "reason": null,\
             "refusals": [], "refusal_count": 0, "workspace_id": null,\
             "project_id": "checkout", "test_id": "guest-can-pay", "parent_run_id": null, "estimated": 40, "spent": 12.5,\
             "nested_spent": 0, "total_spent": 12.5, "estimate_error": null,\
             "hold": {"hold_id": "hold_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "amount": 40, "captured": 12.5,\
             "released": 0, "remaining": 27.5, "moved": 0, "expires_at": "2026-11-21T19:39:00Z"},\
             "started_at": "2026-11-21T18:39:00Z", "finished_at": null, "seen_at": "2026-11-21T18:41:10Z",\
             "queued_at": null, "queue_expires_at": null,\
             "metadata": {"branch": "main"}}""")
public record RunAnswer(
        @Schema(examples = "run-1") String runId,

        @Schema(examples = "acct_7") String accountId,

        @Schema(
                description =
                        "queued: it waits for credits, to start by itself. hard_failure: it was not allowed to start; no step was executed and nothing charged. abandoned: nobody finished"
                                + " it, and it showed no sign of life for the configured time; it may still be debited, and finished.")
        Run.Status status,

        @Schema(
                description =
                        "Of a run that is over: the code of the 402 that kept it from starting; or that it got last, if it has spent"
                                + " nothing since and did not succeed.",
                enumeration = {"subscription_required", "insufficient_credits", "budget_exceeded"})
        Refusal.@Nullable Code reason,

        @Schema(description = "The 402s that it got while it was running, the last ten of them, newest first.")
        List<PastRefusal> refusals,

        @Schema(description = "How many there were.") long refusalCount,

        @Nullable String workspaceId,
        @Nullable String projectId,
        @Nullable String testId,
        @Nullable String parentRunId,

        @Schema(description = "What it was expected to cost; null: nobody said.") @Nullable
        Credits estimated,

        @Schema(description = "What its own debits took, less what was given back.")
        Credits spent,

        @Schema(description = "The same of all runs below it.")
        Credits nestedSpent,

        @Schema(description = "spent + nested_spent.") Credits totalSpent,

        @Schema(
                description =
                        "total_spent / estimated - 1, rounded to six decimals: 0.1 is a tenth more than estimated. Null until it is"
                                + " finished, and without an estimate.")
        @Nullable
        BigDecimal estimateError,

        @Schema(description = "Null: nothing was reserved for it.") @Nullable
        HoldAnswer hold,

        @Schema(description = "Of a run that is queued, or never came to start: when it was asked for.")
        Instant startedAt,

        @Schema(description = "Of an abandoned run: since when it counts as that.") @Nullable
        Instant finishedAt,

        @Schema(
                description =
                        "When it, or a run below it, last showed a sign of life: started, was debited or extended, or sent a heartbeat.")
        Instant seenAt,

        @Schema(description = "Since when it waits, or waited, for credits; null: it did not.") @Nullable
        Instant queuedAt,

        @Schema(description = "From when on it waits no longer, and is a `hard_failure` if it has not started.")
        @Nullable
        Instant queueExpiresAt,

        @Nullable Metadata metadata) {

    /** A hold as callers see it. */
    @Schema(name = "Hold", description = "captured + released + remaining = amount, always.")
    record HoldAnswer(
            @Schema(examples = "hold_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            String holdId,

            @Schema(description = "What was reserved, with all extensions.")
            Credits amount,

            @Schema(description = "What debits have drawn.") Credits captured,

            @Schema(
                    description =
                            "What it reserves no longer: let go, or moved to a run below that has not given it back.")
            Credits released,

            @Schema(description = "What is still reserved.") Credits remaining,

            @Schema(
                    description =
                            "What of the amount came from the holds of the runs above; what of that is not used goes back to one of them.")
            Credits moved,

            @Schema(description = "From when on what remains is released.")
            Instant expiresAt) {

        static HoldAnswer of(Hold hold) {
            return new HoldAnswer(
                    PublicId.HOLD.of(hold.holdId()),
                    hold.amount(),
                    hold.captured(),
                    hold.released(),
                    hold.remaining(),
                    hold.moved(),
                    hold.expiresAt());
        }
    }

    public static RunAnswer of(RunWithHold both) {
        Run run = both.run();
        Credits total = run.spent().plus(run.nestedSpent());
        return new RunAnswer(
                run.runId(),
                run.accountId(),
                run.status(),
                run.isRunning() ? null : run.reason(),
                run.refusals().latest(),
                run.refusals().count(),
                run.workspaceId(),
                run.projectId(),
                run.testId(),
                run.parentRunId(),
                run.estimated(),
                run.spent(),
                run.nestedSpent(),
                total,
                run.isQueued() || run.isUnfinished() || run.status() == Run.Status.HARD_FAILURE
                        ? null
                        : error(total, run.estimated()),
                both.hold() == null ? null : HoldAnswer.of(both.hold()),
                run.startedAt(),
                run.finishedAt(),
                run.seenAt(),
                run.queue() == null ? null : run.queue().since(),
                run.queue() == null ? null : run.queue().expiresAt(),
                both.metadata());
    }

    private static @Nullable BigDecimal error(Credits actual, @Nullable Credits estimated) {
        return estimated == null || !estimated.isPositive()
                ? null
                : Decimals.plain(BigDecimal.valueOf(actual.millionths())
                        .divide(BigDecimal.valueOf(estimated.millionths()), 6, RoundingMode.HALF_UP)
                        .subtract(BigDecimal.ONE));
    }
}
