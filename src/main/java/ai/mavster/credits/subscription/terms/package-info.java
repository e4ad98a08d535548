/**
 * A subscription, the terms it is on, its months and what they grant. Pure: no database, no clock, no request.
 *
 * <ul>
 *   <li>Period n runs from <em>anchor + n months</em> to <em>anchor + n + 1 months</em> in the subscription's time
 *       zone, the end excluded.
 *   <li>A month grants {@code clamp(cap - balance, 0, allotment)}. What was withheld is never made up.
 *   <li>A period that starts before the end of the last one granted grants nothing: cancelling, resubscribing and
 *       moving the anchor gain nothing.
 *   <li>Where months are granted as they are paid, one that is not paid for yet is not entered: it is late until then, and
 *       granted once. One that was never paid for, but followed by one that was, grants nothing.
 *   <li>A change of plan grants what the new allotment exceeds the largest by that the time was granted for, or
 *       nothing: a month comes to the largest allotment at most. A trial's own credits are granted once for an account.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.subscription.terms;

import org.jspecify.annotations.NullMarked;
