/**
 * The proof: an account recomputed from its entries, beside what the ledger says of it.
 *
 * <ul>
 *   <li>It reads one snapshot, streaming: the memory it takes does not grow with the account.
 *   <li>It proves that the entries add up to the balance, each grant's to what remains of it, each posting's to what it moved; that what is
 *       held is what open holds have left, and what was drawn on holds is what debits drew; and the chain of hashes, up to its head.
 *   <li>A check that cannot be carried out throws; it never counts as passed.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.ledger.proof;

import org.jspecify.annotations.NullMarked;
