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
 *   <li>A 402 in mid-run leaves what was charged and stands in the run's record. A late debit is accepted if it can be
 *       paid.
 *   <li>What a run spends is counted in it as spent, and in each run above it as nested; what is given back is
 *       subtracted. Debits that named it before it started are counted from its start on.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.run;

import org.jspecify.annotations.NullMarked;
