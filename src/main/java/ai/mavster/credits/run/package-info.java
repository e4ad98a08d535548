/**
 * What a test-runner asks before a run, spends while it goes on, and learns afterwards.
 *
 * <p>Runs and their holds take part in every ledger transaction ({@link ai.mavster.credits.run.Runs}); what is held of an account is the
 * sum of what its open holds have left.
 *
 * <ul>
 *   <li>A preflight is the debit's own decision, without its effect. A start is that decision and the hold, in one step.
 *   <li>{@code captured + released + remaining = amount} of every hold, always; nothing remains once it is closed.
 *   <li>A debit of a run draws on its hold first, then on the holds of the runs above it, then on what is available.
 *   <li>A hold counts for nothing from the instant it expires: what is decided at that instant finds it released.
 *   <li>A run that may not start is recorded as a hard failure with the reason, is charged nothing and takes no debits. It may be started
 *       again, under the same key or another.
 *   <li>A 402 in mid-run leaves what was charged and stands in the run's record. A late debit lands if it can be paid.
 *   <li>What a run spends is counted in it as spent, and in each run above it as nested; what is given back is taken off again.
 *       Debits that named it before it started are counted from its start on.
 *   <li>Whoever repeats a start or an extension under its key is told the run as he was told it first.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.run;

import org.jspecify.annotations.NullMarked;
