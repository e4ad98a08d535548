/**
 * Accounts, balances and subscriptions that come over from another system.
 *
 * <ul>
 *   <li>Whatever is sent again has no further effect: an account is made once, its balance is granted once, and a
 *       subscription that is there stays as it is.
 *   <li>The current month was granted by the other system: what is left of it comes with the subscription, and the next
 *       month is granted here.
 *   <li>A dry run checks all that can be checked, and writes nothing.
 *   <li>An account that cannot be brought over is named with the reason, and holds up no other.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.imports;

import org.jspecify.annotations.NullMarked;
