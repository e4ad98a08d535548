package ai.mavster.credits.run;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.run.record.Run;
import org.jspecify.annotations.Nullable;

/** Why a run may not do what was asked. */
final class RunRefusals {

    /** How deep runs may be nested: one, and so many below it less one. A debit walks up all of them. */
    static final int MOST_LEVELS = 8;

    private RunRefusals() {}

    static Refusal notFound(String runId) {
        return Refusal.of(Refusal.Code.RUN_NOT_FOUND, "There is no run " + runId + ".");
    }

    static Refusal exists(String runId) {
        return Refusal.of(
                Refusal.Code.RUN_EXISTS,
                "Run %s was started before. Send the Idempotency-Key it was started with, or choose another run_id."
                        .formatted(runId));
    }

    static Refusal notRunning(Run run) {
        return Refusal.of(
                Refusal.Code.RUN_NOT_RUNNING,
                "Run %s is not running: its status is %s."
                        .formatted(run.runId(), run.status().id()));
    }

    /**
     * What a debit says of its run that the run says otherwise: its cost would show elsewhere than the run's. Null:
     * nothing.
     */
    static @Nullable InvalidInput another(Purpose named, Run run) {
        InvalidInput workspace = another("workspace_id", named.workspaceId(), run.workspaceId(), run);
        InvalidInput project = another("project_id", named.projectId(), run.projectId(), run);
        return workspace != null
                ? workspace
                : project != null ? project : another("test_id", named.testId(), run.testId(), run);
    }

    private static @Nullable InvalidInput another(
            String field, @Nullable String named, @Nullable String ofRun, Run run) {
        return ofRun == null || ofRun.equals(named)
                ? null
                : new InvalidInput(field, "must be %s, as of run %s, or absent".formatted(ofRun, run.runId()));
    }

    static Refusal noHold(Run run) {
        return Refusal.of(
                Refusal.Code.RUN_HAS_NO_HOLD,
                "Run %s has no hold that could last longer. Send credits to reserve some.".formatted(run.runId()));
    }

    static Refusal nestedTooDeep(String parentRunId) {
        return Refusal.of(
                Refusal.Code.RUN_NESTED_TOO_DEEP,
                "A run under %s would be nested deeper than %d levels. Start it under a run further up."
                        .formatted(parentRunId, MOST_LEVELS));
    }

    static Refusal queueFull() {
        return Refusal.of(
                Refusal.Code.RUN_QUEUE_FULL,
                "%d runs of the account wait for credits already, and no more may.".formatted(RunQueue.MOST));
    }

    /** The refusal that keeps a run from starting, with the run in whose record it stands. */
    static Refusal blocked(Refusal refusal, String runId) {
        return refusal.with("run_id", runId).with("run_status", Run.Status.HARD_FAILURE.id());
    }
}
