package ai.mavster.credits.alert.announced;

import ai.mavster.credits.Credits;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.ledger.posting.Purpose;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A single debit took more than the account has set. */
@Schema(
        name = "DebitAboveThreshold",
        description = "A single debit took more than the account has set.",
        examples = """
        {"debit_id": "debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": 120, "debit_above": 100, "action": "/mave/chat",\
         "workspace_id": null, "project_id": "checkout", "test_id": "guest-can-pay", "run_id": "run-1"}""")
public record DebitAboveThreshold(
        @Schema(examples = "debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
        String debitId,

        @Schema(description = "What it took.", examples = "120")
        Credits credits,

        @Schema(description = "What was set as debit_above.", examples = "100")
        Credits debitAbove,

        @Nullable String action,
        @Nullable String workspaceId,
        @Nullable String projectId,
        @Nullable String testId,
        @Nullable String runId)
        implements Announcement {

    /** Of what was heard. */
    public static DebitAboveThreshold of(Posting debit, Credits debitAbove) {
        Purpose purpose = debit.purpose();
        return new DebitAboveThreshold(
                PublicId.DEBIT.of(debit.postingId()),
                debit.credits(),
                debitAbove,
                purpose.action(),
                purpose.workspaceId(),
                purpose.projectId(),
                purpose.testId(),
                purpose.runId());
    }

    @Override
    public EventType type() {
        return EventType.DEBIT_ABOVE_THRESHOLD;
    }
}
