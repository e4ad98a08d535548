/**
 * Plans, each account's one subscription, and the monthly grant.
 *
 * <ul>
 *   <li>Credits may be spent only while the subscription is active or trialing, unless it is set otherwise. The balance is never touched by a change of status.
 *   <li>Period n runs from <em>anchor + n months</em> to <em>anchor + n + 1 months</em> in the subscription's time zone, the end excluded.
 *   <li>A renewal grants {@code clamp(cap - balance, 0, allotment)} by the plan at that moment. Each decision is kept, once per account
 *       and period, also when nothing was granted. What was withheld is never made up.
 *   <li>A period that starts before the end of the last one granted grants nothing: cancelling, resubscribing and moving the anchor gain
 *       nothing.
 *   <li>A change of plan grants what the new allotment exceeds the largest by that the time was granted for, or nothing: a month comes to the
 *       largest allotment at most. A trial's own credits are granted once for an account.
 *   <li>What is due is worked off before a change, each month by what the subscription was then. Months of a pause are not granted.
 *   <li>Every change is kept with who made it, when and why.
 *   <li>On a test clock it renews as that is advanced, at the instant of each renewal, and never by the job.
 *   <li>A subscription is changed only under its account's lock, by a command of this package.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.subscription;

import org.jspecify.annotations.NullMarked;
