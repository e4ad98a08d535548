package ai.mavster.credits.model;

import ai.mavster.credits.run.RunCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a {@link ReferenceAccount} and their holds. What a run has spent is not kept, but added up from the
 * debits that name it.
 */
final class ReferenceRuns {

    private final ReferenceAccount account;
    private final Map<String, ReferenceRun> runs = new TreeMap<>();

    private final List<ReferenceRun> holders = new ArrayList<>();

    ReferenceRuns(ReferenceAccount account) {
        this.account = account;
    }

    List<String> figures() {
        return runs.values().stream().map(this::figures).toList();
    }

    @Nullable
    ReferenceRun get(String runId) {
        return runs.get(runId);
    }

    Collection<ReferenceRun> all() {
        return runs.values();
    }

    /** In the order in which they began to hold. */
    List<ReferenceRun> holders() {
        return holders;
    }

    /** When holds end that are open. */
    List<Instant> ends() {
        List<Instant> ends = new ArrayList<>();
        for (ReferenceRun run : runs.values()) {
            if (run.rest() > 0 && run.expiresAt != null) {
                ends.add(run.expiresAt);
            }
        }
        return ends;
    }

    /** What reserves credits. */
    List<ReferenceGrants.Holding> holdings() {
        return runs.values().stream()
                .filter(run -> run.rest() > 0)
                .map(ReferenceRun::holding)
                .toList();
    }

    long held() {
        return runs.values().stream().mapToLong(ReferenceRun::rest).sum();
    }

    long heldAt(Instant now) {
        return runs.values().stream()
                .filter(run -> run.countsAt(now))
                .mapToLong(ReferenceRun::rest)
                .sum();
    }

    long heldAt(Instant now, String projectId) {
        return runs.values().stream()
                .filter(run -> run.countsAt(now) && projectId.equals(run.projectId))
                .mapToLong(ReferenceRun::rest)
                .sum();
    }

    /** Something that is charged to a run, or to what a run below it does. */
    ReferenceBudgets.Charge charge(@Nullable String workspaceId, @Nullable String projectId, @Nullable String runId) {
        return new ReferenceBudgets.Charge(workspaceId, projectId, upFrom(runId));
    }

    /** Holds end, and runs of which nobody hears any more. */
    void lapse(Instant now) {
        runs.values().stream().filter(run -> !run.countsAt(now)).forEach(ReferenceRun::letGo);
        runs.values().forEach(run -> run.pass(now));
    }

    /** It, and with it the runs above it, lives. */
    void seen(@Nullable String runId, Instant now) {
        upFrom(runId).forEach(run -> run.seen(now));
    }

    /** What a debit's run is for, if it says so; else what the debit says. */
    @Nullable
    String projectOf(@Nullable String runId, @Nullable String said) {
        ReferenceRun run = runId == null ? null : runs.get(runId);
        return run == null || run.projectId == null ? said : run.projectId;
    }

    /** A run and those above it; none if there is no such run. */
    List<ReferenceRun> upFrom(@Nullable String runId) {
        List<ReferenceRun> up = new ArrayList<>();
        for (String id = runId;
                id != null && runs.containsKey(id);
                id = runs.get(id).asked.parentRunId()) {
            up.add(runs.get(id));
        }
        return up;
    }

    /** It was not allowed to start, or waits to. */
    boolean takesNoDebits(@Nullable String runId) {
        return isBlocked(runId)
                || (runId != null && runs.containsKey(runId) && runs.get(runId).isQueued());
    }

    private boolean isBlocked(@Nullable String runId) {
        return runId != null && runs.containsKey(runId) && runs.get(runId).isBlocked();
    }

    long reservedFor(@Nullable String runId) {
        return upFrom(runId).stream().mapToLong(ReferenceRun::rest).sum();
    }

    /** A debit was accepted; how much of it comes from holds. */
    long debited(@Nullable String runId, long credits, Instant now) {
        seen(runId, now);
        if (credits > 0
                && runId != null
                && runs.containsKey(runId)
                && runs.get(runId).isRunning()) {
            runs.get(runId).reason = null;
        }
        return capture(runId, credits);
    }

    private long capture(@Nullable String runId, long credits) {
        long left = credits;
        for (ReferenceRun run : upFrom(runId)) {
            long part = Math.min(left, run.rest());
            run.captured += part;
            left -= part;
        }
        return credits - left;
    }

    void wasRefused(@Nullable String runId, String objection, Instant now) {
        if (runId != null && runs.containsKey(runId) && runs.get(runId).isRunning()) {
            seen(runId, now);
            runs.get(runId).reason = code(objection);
            runs.get(runId).refused++;
        }
    }

    static String code(String objection) {
        return objection.substring("refused ".length(), objection.indexOf(" [")).toLowerCase(Locale.ROOT);
    }

    String start(RunCommands.Start asked, Instant now) {
        account.settle(now);
        String earlier = account.remembered(asked.idempotencyKey(), asked);
        if (earlier != null) {
            return earlier;
        }
        if (runs.containsKey(asked.runId()) && !isBlocked(asked.runId())) {
            return "refused RUN_EXISTS []";
        }
        String parentId = asked.parentRunId();
        if (parentId != null && !runs.containsKey(parentId)) {
            return "refused RUN_NOT_FOUND []";
        }
        if (parentId != null && !runs.get(parentId).isRunning()) {
            return "refused RUN_NOT_RUNNING []";
        }
        if (upFrom(parentId).size() >= 8) {
            return "refused RUN_NESTED_TOO_DEEP []";
        }
        ReferenceRun run = new ReferenceRun(asked, now);
        run.projectId = asked.projectId() == null ? projectOf(parentId, null) : asked.projectId();
        String objection = objection(run, now);
        String waitsFor = asked.queueFor() == null ? null : account.queue.waitsFor(run, objection, now);
        runs.put(asked.runId(), run);
        if (waitsFor != null) {
            account.queue.enter(run, waitsFor, now);
            return account.remember(asked.idempotencyKey(), asked, figures(run));
        }
        if (objection != null) {
            run.status = "hard_failure";
            run.reason = code(objection);
            run.finishedAt = now;
            return objection;
        }
        begin(run, now);
        return account.remember(asked.idempotencyKey(), asked, figures(run));
    }

    /** With its hold. */
    void begin(ReferenceRun run, Instant now) {
        if (run.asked.hold() != null) {
            hold(run, run.asked.hold(), run.asked.holdFor(), now);
            takeOver(run);
        }
        seen(run.asked.parentRunId(), now);
    }

    /** Why it may not start. */
    @Nullable
    String objection(ReferenceRun run, Instant now) {
        return objection(run.asked, charge(null, run.projectId, run.asked.parentRunId()), now);
    }

    private @Nullable String objection(RunCommands.Start asked, ReferenceBudgets.Charge charge, Instant now) {
        String alsoTold = ", run_id=" + asked.runId() + ", run_status=hard_failure";
        long spendable = account.available() + reservedFor(asked.parentRunId());
        String objection = account.objection(asked.estimate(), spendable, charge, now, alsoTold);
        return objection != null || asked.hold() == null
                ? objection
                : account.objection(asked.hold(), spendable, charge, now, alsoTold);
    }

    private void hold(ReferenceRun run, long credits, Duration unlessHeld, Instant now) {
        if (run.hold == 0) {
            holders.add(run);
        }
        run.hold(credits, unlessHeld, now);
    }

    private void takeOver(ReferenceRun run) {
        for (ReferenceRun above : upFrom(run.asked.parentRunId())) {
            long part = Math.min(above.rest(), run.hold - run.moved);
            if (part > 0) {
                run.heldSince = above.heldSince.isBefore(run.heldSince) ? above.heldSince : run.heldSince;
                above.released += part;
                run.moved += part;
            }
        }
    }

    String extend(RunCommands.Extension asked, Instant now) {
        account.settle(now);
        String earlier = account.remembered(asked.idempotencyKey(), asked);
        if (earlier != null) {
            return earlier;
        }
        ReferenceRun run = runs.get(asked.runId());
        if (run == null) {
            return "refused RUN_NOT_FOUND []";
        }
        if (!run.isRunning()) {
            return "refused RUN_NOT_RUNNING []";
        }
        String objection = account.objection(
                asked.credits(), account.available(), held() - run.rest(), charge(null, run.projectId, null), now, "");
        if (objection != null) {
            wasRefused(asked.runId(), objection, now);
            return objection;
        }
        seen(asked.runId(), now);
        run.reason = null;
        hold(run, asked.credits(), RunCommands.HOLD_FOR, now);
        return account.remember(asked.idempotencyKey(), asked, figures(run));
    }

    private long spent(ReferenceRun run) {
        return run.isBlocked() || run.isQueued()
                ? 0
                : account.debits.stream()
                        .filter(debit -> run.asked.runId().equals(debit.runId))
                        .mapToLong(ReferenceDebit::left)
                        .sum();
    }

    private long spentBelow(ReferenceRun run) {
        return runs.values().stream()
                .filter(other -> other != run && upFrom(other.asked.runId()).contains(run))
                .mapToLong(this::spent)
                .sum();
    }

    String figures(ReferenceRun run) {
        return new RunCommands.Figures(
                        run.asked.runId(),
                        run.status,
                        run.reason,
                        run.projectId,
                        run.asked.parentRunId(),
                        run.asked.estimate(),
                        spent(run),
                        spentBelow(run),
                        run.hold,
                        run.captured,
                        run.released,
                        run.moved,
                        run.expiresAt,
                        run.startedAt,
                        run.finishedAt,
                        run.seenAt,
                        run.refused)
                .toString();
    }
}
