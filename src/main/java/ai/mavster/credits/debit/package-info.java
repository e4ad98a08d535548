/**
 * Credits that are spent, and given back: the endpoints of debits and reversals, and what a debit by an action costs.
 *
 * <ul>
 *   <li>A debit has an amount, or an action that the rate card prices when it is decided, by the version in force then.
 *   <li>Of many debits in one body each stands for itself: one that fails touches no other.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.debit;

import org.jspecify.annotations.NullMarked;
