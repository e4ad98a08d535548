/**
 * Runs: what a test-runner reserves before a run, spends while it goes on, and learns afterwards. What it asks before
 * is {@code run.preflight}, what will be {@code run.estimate}, what was {@code run.record}.
 *
 * <p>Holds are the ledger's. A run says which of them a debit may draw on: its own first, then those of the runs above
 * it ({@link ai.mavster.credits.run.RunsParticipant}).
 *
 * <ul>
 *   <li>A start is the decision of a debit and the hold, in one step.
 *   <li>Runs are nested at most 8 levels deep. A hold for a run below takes over what those above have left, before
 *       anything is reserved anew; when it ends, the nearest run above that still runs, and whose hold lasts, gets back
 *       what of that was not used. What was taken over is used first.
 *   <li>A run that may not start is recorded as a hard failure with the reason, is charged nothing and takes no debits.
 *       It may be started again, under the same key or another.
 *   <li>A run may wait for credits: it is queued, with nothing reserved and nothing charged, and takes no debits. The oldest
 *       starts first ({@link ai.mavster.credits.run.RunQueue}), by a command that each process submits when credits may
 *       have become free ({@link ai.mavster.credits.run.QueuedRuns}): it is decided as a start is, and starts a run once.
 *       From its deadline on it counts as a hard failure, whether or not a job has written it down.
 *   <li>A debit that names a run that is known is for that run's workspace, project and test, on whatever path it
 *       comes; naming another is invalid, once its key is known to be new. A run takes from its parent what it does not
 *       say. Debits that named a run before it started stay what they were for.
 *   <li>A 402 in mid-run leaves what was charged and stands in the run's record; it is the reason for the run's end
 *       only if nothing was spent after it. A late debit is accepted if it can be paid.
 *   <li>A run of which nothing was heard for the configured time, and whose hold's time is over, is abandoned from that
 *       instant on: for every command and every read, whether or not a job has written it down. Nothing is reserved for
 *       it any more then. It still takes debits, and its true end.
 *   <li>A sign of life is one of the runs above, too; none is written that comes within a thousandth of that time. It is
 *       in no index, so that debits go on updating a run's row in place.
 *   <li>What a run spends is counted in it as spent, and in each run above it as nested; what is given back is
 *       subtracted. Debits that named it before it started are counted from its start on.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.run;

import org.jspecify.annotations.NullMarked;
