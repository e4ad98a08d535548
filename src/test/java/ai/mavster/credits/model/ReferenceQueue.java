package ai.mavster.credits.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a {@link ReferenceAccount} that wait for credits, in the order in which they came, whatever they need.
 */
final class ReferenceQueue {

    private final ReferenceAccount account;
    private int last;

    ReferenceQueue(ReferenceAccount account) {
        this.account = account;
    }

    /**
     * The oldest of those before a number that a run of this project must let go first. One that its project's budget stops
     * is in the way of that project only.
     */
    private @Nullable ReferenceRun ahead(@Nullable String projectId, int number, Instant now) {
        Set<String> stopped = new HashSet<>();
        List<ReferenceRun> queue = account.runs.all().stream()
                .filter(run -> run.isQueued() && run.queueNumber < number && !isOrphan(run))
                .sorted(Comparator.comparing(run -> run.queueNumber))
                .toList();
        for (ReferenceRun run : queue) {
            if (run.projectId == null || !stopped.contains(run.projectId)) {
                String objection = account.runs.objection(run, now);
                boolean ofItsProject = objection != null
                        && objection.contains("BUDGET_EXCEEDED")
                        && objection.contains(" scope=project,");
                if (!ofItsProject || Objects.equals(run.projectId, projectId)) {
                    return run;
                }
                stopped.add(Objects.requireNonNull(run.projectId));
            }
        }
        return null;
    }

    /** Those that can never start, since the run above them is over, are in nobody's way. */
    private boolean isOrphan(ReferenceRun run) {
        String above = run.asked.parentRunId();
        return above != null && !Objects.requireNonNull(account.runs.get(above)).isRunning();
    }

    /** Why a run that comes has to wait: the reason of its own, or of the one before it; null: it need not. */
    @Nullable
    String waitsFor(ReferenceRun run, @Nullable String objection, Instant now) {
        ReferenceRun ahead = ahead(run.projectId, Integer.MAX_VALUE, now);
        return objection != null ? ReferenceRuns.code(objection) : ahead == null ? null : ahead.reason;
    }

    void enter(ReferenceRun run, String reason, Instant now) {
        run.status = "queued";
        run.reason = reason;
        run.queueNumber = ++last;
        run.queueExpiresAt = now.plus(Objects.requireNonNull(run.asked.queueFor()));
    }

    /** Its turn may have come. */
    String turn(String runId, Instant now) {
        account.settle(now);
        if (account.closing.isOver()) {
            return Objects.requireNonNull(account.closing.refusal());
        }
        ReferenceRun run = account.runs.get(runId);
        if (run == null) {
            return "refused RUN_NOT_FOUND []";
        }
        if (run.isQueued() && ahead(run.projectId, run.queueNumber, now) == null) {
            if (isOrphan(run)) {
                run.status = "canceled";
                run.finishedAt = now;
            } else if (account.runs.objection(run, now) == null) {
                run.status = "running";
                run.reason = null;
                run.startedAt = now;
                run.seenAt = now;
                account.runs.begin(run, now);
            }
        }
        return account.runs.figures(run);
    }
}
