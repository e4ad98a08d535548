package ai.mavster.credits.run;

import ai.mavster.credits.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a run may not do what was asked. */
final class RunRefusals {

    private RunRefusals() {}

    static Refusal notFound(String runId) {
        return Refusal.of(Refusal.Code.RUN_NOT_FOUND, "There is no run " + runId + ".");
    }

    static Refusal notRunning(Run run) {
        return Refusal.of(
                Refusal.Code.RUN_NOT_RUNNING,
                "Run %s is not running: its status is %s."
                        .formatted(run.runId(), run.status().id()));
    }

    /** The refusal that keeps a run from starting, with the run in whose record it stands. */
    static Refusal blocked(Refusal refusal, String runId) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(refusal.members());
        members.put("run_id", runId);
        members.put("run_status", Run.Status.HARD_FAILURE.id());
        return new Refusal(refusal.code(), refusal.detail(), members);
    }
}
