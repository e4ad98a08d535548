/**
 * Credits that an operator gives and takes back, with a reason.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>The effect is shown before it is had, computed from the account as it is then; what counts is what the ledger
 *       decides, which refuses what has become impossible meanwhile.
 *   <li>A form that was checked has an idempotency key: sent twice, it counts once.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.operator.correction;

import org.jspecify.annotations.NullMarked;
