/**
 * How recharges are paid: after the commit that made them, apart from it, and in every process.
 *
 * <ul>
 *   <li>Nobody who posts waits for the payment provider: one thread claims what is due, and a few ask.
 *   <li>Before money is asked for that is written down, and it is asked for under the recharge's key. The claim of a process that
 *       dies in between ends after minutes, and another begins anew: what was taken is not taken again, but
 *       answered once more.
 *   <li>Where it is no longer safe to ask under the key, the provider is asked what there is, that is ended where it can
 *       be, and its state is applied; only where it has nothing has the recharge ended without money.
 *   <li>What a recharge comes to is heard from its payment, whichever way that was applied: by this, the provider's events or the
 *       reconciliation.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.recharge.charging;

import org.jspecify.annotations.NullMarked;
