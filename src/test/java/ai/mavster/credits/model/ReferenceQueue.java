package ai.mavster.credits.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a {@link ReferenceAccount} that wait for credits: in the order in which they came, whatever they need. There
 * are no budgets here, so whatever one waits for is waited for by all behind it.
 */
final class ReferenceQueue {

    private final ReferenceAccount account;
    private int last;

    ReferenceQueue(ReferenceAccount account) {
        this.account = account;
    }

    /** Oldest first; those that can never start, since the run above them is over, are in nobody's way. */
    private List<ReferenceRun> inTheWay() {
        return account.runs.all().stream()
                .filter(ReferenceRun::isQueued)
                .filter(run -> !isOrphan(run))
                .sorted(Comparator.comparing(run -> run.queueNumber))
                .toList();
    }

    private boolean isOrphan(ReferenceRun run) {
        String above = run.asked.parentRunId();
        return above != null
                && !Objects.requireNonNull(account.runs.get(above)).isRunning();
    }

    /** Why a run that comes has to wait: the reason of its own, or of those that do; null: it need not. */
    @Nullable
    String waitsFor(@Nullable String objection) {
        List<ReferenceRun> before = inTheWay();
        return objection != null
                ? ReferenceRuns.code(objection)
                : before.isEmpty() ? null : before.get(0).reason;
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
        List<ReferenceRun> queue = inTheWay();
        if (run.isQueued() && (queue.isEmpty() || queue.get(0).queueNumber >= run.queueNumber)) {
            if (isOrphan(run)) {
                run.status = "canceled";
                run.finishedAt = now;
            } else if (account.runs.objection(run.asked, now) == null) {
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
