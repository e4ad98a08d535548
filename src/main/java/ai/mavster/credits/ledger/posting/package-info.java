/**
 * What the ledger writes: postings, their entries, and the chain of hashes over them.
 *
 * <ul>
 *   <li>A posting is what one command did; it has one entry for each grant that it touched.
 *   <li>Entries are append-only. {@code seq} is 1, 2, 3, … within the account, and each entry's hash covers it, its
 *       posting and the hash before.
 *   <li>With the posting it covers what else hangs on it: how many entries it has, the balance it was answered with, its
 *       author, what its idempotency key was used for, and of the grant that it opened when that expires and what was
 *       paid for it. A posting that moved nothing has no entry, and keeps a hash of its own, which hangs on the entry
 *       before it.
 *   <li>What callers wrote in words of their own ({@link ai.mavster.credits.ledger.posting.Texts}) lies beside the
 *       posting, which is hashed with a digest of it under the account's salt: so it can be erased, and what was said can
 *       neither be proven nor tried out any more, while the chain still can.
 *   <li>Whatever is hashed is fed in one form ({@link ai.mavster.credits.ledger.posting.CanonicalForm}, and {@code src/docs/hash.md}), in which
 *       different values never look alike.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.ledger.posting;

import org.jspecify.annotations.NullMarked;
