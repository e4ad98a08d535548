/**
 * Which grants credits come from and go back to: pure functions of grants, without a database or a clock.
 *
 * <ul>
 *   <li>A credit belongs to the grant it came from; every movement names one.
 *   <li>Spent first is what expires soonest, then monthly credits, then the other kinds, top-ups last; among equals the
 *       oldest.
 *   <li>What settles a debt of the account is taken in the same order, of the grants that were just credited alone.
 *   <li>A reversal gives back to the grant that was taken from last, so what lives longest comes back first, and never
 *       more than was taken.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.ledger.burndown;

import org.jspecify.annotations.NullMarked;
