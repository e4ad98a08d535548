/**
 * Idempotency keys: one rule for every command, whatever feature it is of.
 *
 * <ul>
 *   <li>A key takes effect once within its account. A repeat gets the first answer again, another request under the same
 *       key is refused.
 *   <li>A refusal is not kept: the same key may take effect later.
 *   <li>Keys do not expire. Their answers repeat what callers wrote, and go with the texts of an erased account.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.ledger.idempotency;

import org.jspecify.annotations.NullMarked;
