/**
 * The only code that moves credits.
 *
 * <p>A {@link ai.mavster.credits.ledger.Command} goes through the door, {@link ai.mavster.credits.ledger.Ledger}, into the lane of its
 * account. The lane's thread takes whatever has piled up as one batch: it locks the accounts' rows, loads what the decisions need, decides
 * one command after another with pure functions, writes all rows, commits once, and only then answers each caller.
 *
 * <p>What always holds, for each account:
 *
 * <ul>
 *   <li>{@code 0 <= held <= balance}; the balance is the sum of its entries and the sum of what its grants have remaining.
 *   <li>Every grant lies between zero and what was granted; its entries add up to what remains of it.
 *   <li>{@code seq} is 1, 2, 3, … without a gap, and each entry's hash covers it, its posting and the hash before.
 *   <li>An idempotency key has at most one posting, and a caller who repeats it gets that posting's answer.
 *   <li>A refused command leaves nothing behind. An accepted one is committed before anybody hears of it.
 *   <li>Of a debit no more is given back than it took, and to the grants it took it from.
 *   <li>What has expired counts for nothing from its instant on, except where a hold has reserved it.
 *   <li>It has one time, at which all of it is decided and posted: the real one, or that of its test clock. Neither goes back; and a test clock
 *       passes nothing that is due, and leaves nothing behind that has expired.
 * </ul>
 *
 * <p>Features join each transaction as {@link ai.mavster.credits.ledger.Participant}s. This package knows none of them.
 */
@NullMarked
package ai.mavster.credits.ledger;

import org.jspecify.annotations.NullMarked;
