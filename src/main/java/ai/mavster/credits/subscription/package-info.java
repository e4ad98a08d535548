/**
 * Plans, each account's one subscription, and the monthly grant.
 *
 * <ul>
 *   <li>Credits may be spent only while the subscription is active or trialing. The balance is never touched by a change of status.
 *   <li>Period n runs from <em>anchor + n months</em> to <em>anchor + n + 1 months</em> in the subscription's time zone, the end excluded.
 *   <li>A renewal grants {@code clamp(cap - balance, 0, allotment)} by the plan at that moment. Each decision is kept, once per account
 *       and period, also when nothing was granted. What was withheld is never made up.
 *   <li>A period that starts before the end of the last one granted grants nothing: cancelling, resubscribing and moving the anchor gain
 *       nothing.
 *   <li>On a test clock it renews as that is advanced, at the instant of each renewal, and never by the job.
 *   <li>A subscription is changed only under its account's lock, by a command of this package.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.subscription;

import org.jspecify.annotations.NullMarked;
