/**
 * Each account's one subscription: whether credits may be spent, and the commands that change it.
 *
 * <p>It takes part in every ledger transaction ({@link ai.mavster.credits.subscription.SubscriptionsParticipant}):
 * without an active or trialing subscription nothing passes.
 *
 * <ul>
 *   <li>Credits may be spent only while the subscription is active or trialing, unless configured otherwise. The
 *       balance is never touched by a change of status.
 *   <li>A change says what changes: what it leaves out stays. One that is meant for the subscription as it was read
 *       ({@code If-Match}) is compared with it under the lock.
 *   <li>Its periods, and what a month and a change grant, are pure rules ({@code subscription.terms}).
 *   <li>What is due is renewed before a change, each month by what the subscription was then. Months of a pause are not
 *       granted.
 *   <li>Every change is kept with who made it, when and why ({@code subscription.history}). It is made only under the
 *       account's lock, by a command of this package.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.subscription;

import org.jspecify.annotations.NullMarked;
