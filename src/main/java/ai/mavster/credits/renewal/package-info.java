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
 *   <li>Months can be granted ahead of their time. An end comes at its own instant, by the account's time, whatever
 *       {@code as_of} says: until then it is paid for.
 *   <li>Accounts on a test clock renew as that is advanced, at the instant of each renewal, and never by the job.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.renewal;

import org.jspecify.annotations.NullMarked;
