/**
 * How commands and questions pile up into batches: the ledger's door puts them into a lane, whose thread takes whatever
 * has come in meanwhile.
 *
 * <ul>
 *   <li>An account is always in the same lane, so its commands are decided in the order in which they came.
 *   <li>No timer and no added wait: a lone command is handled at once, and the busier it gets the larger the batches.
 *   <li>A lane that is full, or whose first in the queue has waited for as long as anybody has to, takes nothing more:
 *       the next callers would be answered after having given up.
 *   <li>A lane never waits for an account that is locked elsewhere: the account is set aside with its commands, and its
 *       neighbours go on.
 *   <li>What fails in passing is tried again as a whole; what keeps failing is taken apart, so that one command, or one
 *       account that cannot be read, never fails its neighbours. Whatever is thrown, each caller is answered.
 *   <li>What became of a batch is counted and traced once its callers are answered.
 *   <li>A caller is answered after the commit. Where its answer is lost, the next try finds the first one's effect by
 *       the idempotency key.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.ledger.lane;

import org.jspecify.annotations.NullMarked;
