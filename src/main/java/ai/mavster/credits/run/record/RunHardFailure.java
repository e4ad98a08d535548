package ai.mavster.credits.run.record;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import ai.mavster.credits.ledger.AccountView;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A run was not allowed to start.
 *
 * @param reason the code of the 402
 * @param estimated what it was expected to cost; null: nobody said
 */
@Schema(
        name = "RunHardFailure",
        description =
                "A run was not allowed to start; nothing was charged. Of one that is tried again and again it is published once, as long as the"
                        + " reason is the same.",
        examples = """
        {"run_id": "run-1", "reason": "insufficient_credits", "workspace_id": null, "project_id": "checkout",\
         "test_id": "guest-can-pay", "parent_run_id": null, "estimated": 40}""")
public record RunHardFailure(
        String runId,

        @Schema(
                description = "The code of the 402.",
                enumeration = {"subscription_required", "insufficient_credits", "budget_exceeded"})
        Refusal.Code reason,

        @Nullable String workspaceId,
        @Nullable String projectId,
        @Nullable String testId,
        @Nullable String parentRunId,
        @Nullable Credits estimated)
        implements Announcement {

    /**
     * Announces that a run is recorded as one; of one that asks for the same again and again it is published once.
     *
     * @param before how it was recorded before; null: it was not
     */
    public static void announce(@Nullable Run before, Run run, AccountView account) {
        if (before == null || before.reason() != run.reason()) {
            account.publish(of(run));
        }
    }

    private static RunHardFailure of(Run run) {
        return new RunHardFailure(
                run.runId(),
                Objects.requireNonNull(run.reason()),
                run.workspaceId(),
                run.projectId(),
                run.testId(),
                run.parentRunId(),
                run.estimated());
    }

    @Override
    public EventType type() {
        return EventType.RUN_HARD_FAILURE;
    }
}
