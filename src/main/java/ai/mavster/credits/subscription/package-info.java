/**
 * Each account's one subscription, its periods, and how much a month grants.
 *
 * <p>It takes part in every ledger transaction ({@link ai.mavster.credits.subscription.SubscriptionsParticipant}): without
 * an active or trialing subscription nothing passes.
 *
 * <ul>
 *   <li>Credits may be spent only while the subscription is active or trialing, unless configured otherwise. The balance
 *       is never touched by a change of status.
 *   <li>Period n runs from <em>anchor + n months</em> to <em>anchor + n + 1 months</em> in the subscription's time zone,
 *       the end excluded.
 *   <li>A renewal grants {@code clamp(cap - balance, 0, allotment)} by the plan at that moment, and publishes what was
 *       decided. What was withheld is never made up.
 *   <li>A period that starts before the end of the last one granted grants nothing: cancelling, resubscribing and moving
 *       the anchor gain nothing.
 *   <li>A change of plan grants what the new allotment exceeds the largest by that the time was granted for, or nothing: a
 *       month comes to the largest allotment at most. A trial's own credits are granted once for an account.
 *   <li>What is due is renewed before a change, each month by what the subscription was then. Months of a pause are not
 *       granted.
 *   <li>Every change is kept with who made it, when and why. It is made only under the account's lock, by a command of
 *       this package.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.subscription;

import org.jspecify.annotations.NullMarked;
