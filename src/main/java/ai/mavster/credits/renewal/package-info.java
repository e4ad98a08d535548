/**
 * Renewals: the job that enters each due subscription's next periods, and the monthly grants that were decided.
 *
 * <ul>
 *   <li>A renewal grants {@code clamp(cap - balance, 0, allotment)} by the plan at that moment. Each decision is kept,
 *       once per account and period, also when nothing was granted. What was withheld is never made up.
 *   <li>What is due is a row, found by the end of its period: the job may be repeated, overlap with another, and stop
 *       half way.
 *   <li>One subscription that fails is reported, stays due, and holds up no other; with a limit on each call neither:
 *       those that failed before, in whichever process, take half of it at most while there are others.
 *   <li>Nothing is renewed ahead of its time: what the cap withholds from a month is never made up, so a caller who may call
 *       the job could take months from every account.
 *   <li>Accounts on a test clock renew as that is advanced, at the instant of each renewal. Where such clocks are
 *       allowed a call may ask for a time ahead: then their months are granted ahead of where they stand, and theirs
 *       alone. An end comes at its own instant all the same: until then it is paid for.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.renewal;

import org.jspecify.annotations.NullMarked;
