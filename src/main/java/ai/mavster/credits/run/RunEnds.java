package ai.mavster.credits.run;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.run.RunTable.RunKey;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunHardFailure;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How runs of a batch end that nobody finishes: by time, or all with their account. */
final class RunEnds {

    private final RunsInBatch runs;
    private final Set<RunKey> due = new LinkedHashSet<>(0);

    RunEnds(RunsInBatch runs) {
        this.runs = runs;
    }

    /** A run has come to its end. */
    record RunFinished(Run run) implements Fact {}

    /** A run that is to be ended if its time is over by the account's: nothing was heard of it, or it waits in vain. */
    void expect(Run run) {
        due.add(new RunKey(run.accountId(), run.runId()));
    }

    /**
     * Which hold gets back what a run's took over and did not use: that of the nearest run above that still runs, if it
     * lasts. Null: none does.
     */
    @Nullable
    UUID recipient(Run ended, AccountView account) {
        for (Run above : runs.upFrom(account, ended.parentRunId())) {
            Hold hold = above.holdId() == null ? null : account.hold(above.holdId());
            if (above.isRunning() && hold != null && !hold.isExpired(account.asOf())) {
                return hold.holdId();
            }
        }
        return null;
    }

    /** A run leaves the queue without having started; what debits took that named it before it was known is its own. */
    Run cancel(AccountView account, Run queued) {
        Run canceled = runs.count(account, queued.finished(Run.Status.CANCELED, account.asOf()));
        runs.finishCosts(canceled);
        account.publish(new RunQueue.Left(canceled));
        return canceled;
    }

    /** Writes down which of those are over. */
    boolean settle(AccountView account) {
        boolean settled = false;
        for (RunKey key : due) {
            Run run = key.accountId().equals(account.accountId()) ? runs.run(account, key.runId()) : null;
            if (run != null && !run.isRunning() && !run.isQueued()) {
                settled |= write(account, run);
            }
        }
        return settled;
    }

    /** Unless it is written already. */
    private boolean write(AccountView account, Run run) {
        Run written = runs.written(account, run.runId());
        if (written.status() == run.status()) {
            return false;
        }
        if (written.isQueued()) {
            runs.save(run);
            account.publish(new RunQueue.Left(run));
            RunHardFailure.announce(null, run, account);
        } else {
            runs.save(run);
        }
        return true;
    }

    /**
     * An account that is closed has no run that is running, or waits for credits; of one that was given up before, that
     * stands.
     */
    void cancelAll(AccountView account) {
        for (Run run : runs.of(account)) {
            if (run.isRunning()) {
                Run canceled = run.finished(Run.Status.CANCELED, account.asOf());
                runs.finish(canceled);
                account.publish(new RunFinished(canceled));
            } else if (run.isQueued()) {
                cancel(account, run);
            } else if (runs.written(account, run.runId()).status() != run.status()) {
                write(account, run);
            }
        }
    }
}
