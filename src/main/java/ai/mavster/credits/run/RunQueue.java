package ai.mavster.credits.run;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.run.record.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a batch's accounts that wait for credits, and the order in which they may start.
 *
 * <p>The oldest goes first. Where it is credits or the subscription that it lacks, or a budget of the whole account,
 * nobody overtakes it, however little they need: a run that needs much would never start otherwise. Where it is the
 * budget of a project or workspace, only runs of the same one wait behind it.
 */
final class RunQueue {

    /** How many runs of an account may wait. */
    static final int MOST = 1_000;

    private final RunsInBatch runs;
    private final Map<String, TreeMap<Long, String>> places = new HashMap<>(0);

    RunQueue(RunsInBatch runs) {
        this.runs = runs;
    }

    /** A run has left the queue, however that was: those behind it may go on. */
    record Left(Run run) implements Fact {
        @Override
        public boolean mayFreeCredits() {
            return true;
        }
    }

    /** Where it waits. */
    void load(Run run) {
        if (run.isQueued() && run.queue() != null) {
            places.computeIfAbsent(run.accountId(), id -> new TreeMap<>())
                    .put(run.queue().number(), run.runId());
        }
    }

    /** Those that wait at the account's time, oldest first. */
    List<Run> of(AccountView account) {
        List<Run> queued = new ArrayList<>();
        for (String runId :
                places.getOrDefault(account.accountId(), new TreeMap<>()).values()) {
            Run run = runs.run(account, runId);
            if (run != null && run.isQueued()) {
                queued.add(run);
            }
        }
        return queued;
    }

    /** Also those whose time is over count, until that is written down. */
    boolean isFull(AccountView account) {
        return places.getOrDefault(account.accountId(), new TreeMap<>()).size() >= MOST;
    }

    /** What the next one to come gets. */
    long nextNumber(AccountView account) {
        TreeMap<Long, String> known = places.getOrDefault(account.accountId(), new TreeMap<>());
        return known.isEmpty() ? 1 : known.lastKey() + 1;
    }

    /** The one that a run has to let go first; null: there is none, and it may start if it finds the credits. */
    @Nullable
    Run ahead(AccountView account, Purpose purpose, long number) {
        List<Refusal> stopped = new ArrayList<>(0);
        for (Run older : of(account)) {
            StartCheck check = StartCheck.of(older);
            if (older.queue() == null || older.queue().number() >= number) {
                return null;
            }
            if (isHeldUp(check.purpose(), stopped)) {
                continue;
            }
            Refusal refusal = check.refusalToStart(older.queue().hold(), account);
            if (refusal == null || holdsUp(refusal, purpose)) {
                return older;
            }
            stopped.add(refusal);
        }
        return null;
    }

    /**
     * The first that can leave the queue, by starting or since they never will, and so many behind them at most: whether
     * those can is to be seen once the first have.
     */
    List<String> next(AccountView account, int most) {
        List<String> next = new ArrayList<>();
        List<Refusal> stopped = new ArrayList<>();
        for (Run run : of(account)) {
            StartCheck check = StartCheck.of(run);
            if (next.size() == most) {
                break;
            }
            if (isHeldUp(check.purpose(), stopped)) {
                continue;
            }
            Refusal refusal = run.queue() == null || !next.isEmpty()
                    ? null
                    : check.refusalToStart(run.queue().hold(), account);
            if (refusal == null || !refusal.code().isPaymentRequired()) {
                next.add(run.runId());
            } else if (isOfAll(refusal)) {
                break;
            } else {
                stopped.add(refusal);
            }
        }
        return next;
    }

    /** Whether its turn has not come, since older ones of the same project or workspace are stopped. */
    private static boolean isHeldUp(Purpose purpose, List<Refusal> stopped) {
        return stopped.stream().anyMatch(refusal -> holdsUp(refusal, purpose));
    }

    /** Whether what stops an older run keeps one with this purpose waiting, too. */
    private static boolean holdsUp(Refusal refusal, Purpose purpose) {
        if (!refusal.code().isPaymentRequired()) {
            return false;
        }
        String scopeId = String.valueOf(refusal.members().get("scope_id"));
        return isOfAll(refusal)
                || (isOf(refusal, "project") && scopeId.equals(purpose.projectId()))
                || (isOf(refusal, "workspace") && scopeId.equals(purpose.workspaceId()));
    }

    private static boolean isOfAll(Refusal refusal) {
        return refusal.code() != Refusal.Code.BUDGET_EXCEEDED
                || (!isOf(refusal, "project") && !isOf(refusal, "workspace"));
    }

    private static boolean isOf(Refusal refusal, String scope) {
        return scope.equalsIgnoreCase(String.valueOf(refusal.members().get("scope")));
    }
}
