package ai.mavster.credits.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/** How the runs of a {@link ReferenceAccount} end, each by itself or all with their account; and that they live yet. */
final class ReferenceRunEnds {

    private final ReferenceAccount account;

    ReferenceRunEnds(ReferenceAccount account) {
        this.account = account;
    }

    String finish(String runId, String end, Instant now) {
        account.settle(now);
        if (account.closing.isOver()) {
            return Objects.requireNonNull(account.closing.refusal());
        }
        ReferenceRun run = account.runs.get(runId);
        if (run == null) {
            return "refused RUN_NOT_FOUND []";
        }
        if (run.isQueued() && end.equals("canceled")) {
            run.status = end;
            run.finishedAt = now;
        } else if (run.isRunning() || run.isAbandoned()) {
            run.status = end;
            run.finishedAt = now;
            run.reason = end.equals("success") ? null : run.reason;
            giveBack(run, now);
            letGo(run, now);
        }
        return run.status.equals(end) ? account.runs.figures(run) : "refused RUN_NOT_RUNNING []";
    }

    String beat(String runId, Instant now) {
        account.settle(now);
        if (account.closing.isOver()) {
            return Objects.requireNonNull(account.closing.refusal());
        }
        ReferenceRun run = account.runs.get(runId);
        if (run == null) {
            return "refused RUN_NOT_FOUND []";
        }
        if (!run.isRunning()) {
            return "refused RUN_NOT_RUNNING []";
        }
        if (run.isWorthWriting(now)) {
            account.runs.seen(runId, now);
        }
        return account.runs.figures(run);
    }

    /** To the nearest run above that still runs, if its hold lasts: what came from above and was not used. */
    private void giveBack(ReferenceRun run, Instant now) {
        ReferenceRun heir = account.runs.upFrom(run.asked.parentRunId()).stream()
                .filter(above -> above.isRunning() && above.countsAt(now))
                .findFirst()
                .orElse(null);
        long back = Math.max(0, Math.min(run.rest(), run.moved - (run.hold - run.rest())));
        if (heir == null || back == 0) {
            return;
        }
        heir.heldSince = heir.rest() == 0 || run.heldSince.isBefore(heir.heldSince) ? run.heldSince : heir.heldSince;
        run.released += back;
        long lent = Math.min(heir.released, back);
        heir.released -= lent;
        heir.hold += back - lent;
    }

    private void letGo(ReferenceRun run, Instant now) {
        if (run.rest() > 0) {
            account.grants.letGo(run.holding(), now);
        }
        run.letGo();
    }

    /** What ends soonest first. */
    void letGoOfAll(Instant now) {
        account.runs.holders().stream()
                .filter(run -> run.rest() > 0)
                .sorted(Comparator.comparing(run -> Objects.requireNonNull(run.expiresAt)))
                .toList()
                .forEach(run -> letGo(run, now));
    }

    /** Whatever is running, or waits to. */
    void cancel(Instant now) {
        account.runs.all().stream()
                .filter(run -> run.isRunning() || run.isQueued())
                .forEach(run -> {
                    run.status = "canceled";
                    run.finishedAt = now;
                });
    }
}
