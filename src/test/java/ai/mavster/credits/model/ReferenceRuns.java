package ai.mavster.credits.model;

import ai.mavster.credits.run.RunCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a {@link ReferenceAccount} and their holds. What a run has spent is not kept, but added up from the
 * debits that name it.
 */
final class ReferenceRuns {

    private final ReferenceAccount account;
    private final Map<String, Run> runs = new TreeMap<>();

    ReferenceRuns(ReferenceAccount account) {
        this.account = account;
    }

    private static final class Run {
        final RunCommands.Start asked;
        final Instant startedAt;
        String status = "running";

        @Nullable
        String reason;

        long hold;
        long captured;
        long released;

        /** What came from the holds above; of what is used and lent on, this goes first. */
        long moved;

        Duration lasts = RunCommands.HOLD_FOR;

        @Nullable
        Instant expiresAt;

        Instant heldSince = Instant.MIN;

        @Nullable
        Instant finishedAt;

        Run(RunCommands.Start asked, Instant startedAt) {
            this.asked = asked;
            this.startedAt = startedAt;
        }

        boolean isRunning() {
            return status.equals("running");
        }

        boolean isBlocked() {
            return status.equals("hard_failure");
        }

        long rest() {
            return hold - captured - released;
        }

        boolean countsAt(Instant now) {
            return expiresAt != null && now.isBefore(expiresAt);
        }

        void hold(long more, Duration unlessHeld, Instant now) {
            if (hold == 0) {
                lasts = unlessHeld;
            }
            if (rest() == 0) {
                heldSince = now;
            }
            hold += more;
            expiresAt = now.plus(lasts);
        }

        void letGo() {
            released += rest();
        }

        ReferenceGrants.Holding holding() {
            return new ReferenceGrants.Holding(rest(), heldSince, Objects.requireNonNull(expiresAt));
        }
    }

    List<String> figures() {
        return runs.values().stream().map(this::figures).toList();
    }

    /** When holds end that are open. */
    List<Instant> ends() {
        List<Instant> ends = new ArrayList<>();
        for (Run run : runs.values()) {
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
                .map(Run::holding)
                .toList();
    }

    long held() {
        return runs.values().stream().mapToLong(Run::rest).sum();
    }

    long heldAt(Instant now) {
        return runs.values().stream()
                .filter(run -> run.countsAt(now))
                .mapToLong(Run::rest)
                .sum();
    }

    void lapse(Instant now) {
        runs.values().stream().filter(run -> !run.countsAt(now)).forEach(Run::letGo);
    }

    /** A run and those above it; none if there is no such run. */
    private List<Run> upFrom(@Nullable String runId) {
        List<Run> up = new ArrayList<>();
        for (String id = runId;
                id != null && runs.containsKey(id);
                id = runs.get(id).asked.parentRunId()) {
            up.add(runs.get(id));
        }
        return up;
    }

    boolean isBlocked(@Nullable String runId) {
        return runId != null && runs.containsKey(runId) && runs.get(runId).isBlocked();
    }

    long reservedFor(@Nullable String runId) {
        return upFrom(runId).stream().mapToLong(Run::rest).sum();
    }

    /** How much of it comes from holds. */
    long capture(@Nullable String runId, long credits) {
        long left = credits;
        for (Run run : upFrom(runId)) {
            long part = Math.min(left, run.rest());
            run.captured += part;
            left -= part;
        }
        return credits - left;
    }

    void wasRefused(@Nullable String runId, String objection) {
        if (runId != null && runs.containsKey(runId) && runs.get(runId).isRunning()) {
            runs.get(runId).reason = code(objection);
        }
    }

    private static String code(String objection) {
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
        Run run = new Run(asked, now);
        String objection = objection(asked, now);
        runs.put(asked.runId(), run);
        if (objection != null) {
            run.status = "hard_failure";
            run.reason = code(objection);
            run.finishedAt = now;
            return objection;
        }
        if (asked.hold() != null) {
            run.hold(asked.hold(), asked.holdFor(), now);
            takeOver(run);
        }
        return account.remember(asked.idempotencyKey(), asked, figures(run));
    }

    private @Nullable String objection(RunCommands.Start asked, Instant now) {
        String alsoTold = ", run_id=" + asked.runId() + ", run_status=hard_failure";
        long spendable = account.available() + reservedFor(asked.parentRunId());
        String objection = account.objection(asked.estimate(), spendable, now, alsoTold);
        return objection != null || asked.hold() == null
                ? objection
                : account.objection(
                        asked.hold(), account.available() + reservedFor(asked.parentRunId()), now, alsoTold);
    }

    private void takeOver(Run run) {
        for (Run above : upFrom(run.asked.parentRunId())) {
            long part = Math.min(above.rest(), run.hold - run.moved);
            if (part > 0) {
                run.heldSince = above.heldSince.isBefore(run.heldSince) ? above.heldSince : run.heldSince;
                above.released += part;
                run.moved += part;
            }
        }
    }

    /** To the nearest run above that still runs, if its hold lasts: what came from above and was not used. */
    private void giveBack(Run run, Instant now) {
        Run heir = upFrom(run.asked.parentRunId()).stream()
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

    String extend(RunCommands.Extension asked, Instant now) {
        account.settle(now);
        String earlier = account.remembered(asked.idempotencyKey(), asked);
        if (earlier != null) {
            return earlier;
        }
        Run run = runs.get(asked.runId());
        if (run == null) {
            return "refused RUN_NOT_FOUND []";
        }
        if (!run.isRunning()) {
            return "refused RUN_NOT_RUNNING []";
        }
        String objection = account.objection(asked.credits(), account.available(), held() - run.rest(), now, "");
        if (objection != null) {
            return objection;
        }
        run.hold(asked.credits(), RunCommands.HOLD_FOR, now);
        return account.remember(asked.idempotencyKey(), asked, figures(run));
    }

    String finish(String runId, String end, Instant now) {
        account.settle(now);
        Run run = runs.get(runId);
        if (run == null) {
            return "refused RUN_NOT_FOUND []";
        }
        if (run.isRunning()) {
            run.status = end;
            run.finishedAt = now;
            giveBack(run, now);
            if (run.rest() > 0) {
                account.grants.letGo(run.holding(), now);
            }
            run.letGo();
        }
        return run.status.equals(end) ? figures(run) : "refused RUN_NOT_RUNNING []";
    }

    private long spent(Run run) {
        return run.isBlocked()
                ? 0
                : account.debits.stream()
                        .filter(debit -> run.asked.runId().equals(debit.runId))
                        .mapToLong(ReferenceAccount.Debit::left)
                        .sum();
    }

    private long spentBelow(Run run) {
        return runs.values().stream()
                .filter(other -> other != run && upFrom(other.asked.runId()).contains(run))
                .mapToLong(this::spent)
                .sum();
    }

    private String figures(Run run) {
        return new RunCommands.Figures(
                        run.asked.runId(),
                        run.status,
                        run.reason,
                        run.asked.projectId(),
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
                        run.finishedAt)
                .toString();
    }
}
