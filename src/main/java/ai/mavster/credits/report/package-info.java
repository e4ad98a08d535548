/**
 * What finance reads, over all accounts.
 *
 * <ul>
 *   <li>A report is added up from the entries, and ties out to them: in every group, to the millionth, {@code opening +
 *       granted + bought - used - expired - voided + reversed - clawed back - settled + reinstated = closing}. Groups go by what never changes of a grant,
 *       so no credits move from one group to another.
 *   <li>Ranges are half-open, in UTC, and go by when something was posted. One that is over reads the same for ever, and
 *       its closing is the opening of the next.
 *   <li>Accounts on test clocks are in no report: their time is not the real one.
 *   <li>It is read in statements of bounded work, each as of a moment of its own: no snapshot is kept open, in which the
 *       database could not clean up behind those who spend. Each account's figures are of one moment all the same
 *       ({@link ai.mavster.credits.ledger.statement.GrantMovements}).
 * </ul>
 */
@NullMarked
package ai.mavster.credits.report;

import org.jspecify.annotations.NullMarked;
