/**
 * What the ledger writes: postings, their entries, and the chain of hashes over them.
 *
 * <ul>
 *   <li>A posting is what one command did; it has one entry for each grant that it touched.
 *   <li>Entries are append-only. {@code seq} is 1, 2, 3, … within the account, and each entry's hash covers it, its posting and the hash before.
 *   <li>Whatever is hashed is fed in one form ({@link ai.mavster.credits.ledger.posting.CanonicalForm}), in which different values never
 *       look alike.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.ledger.posting;

import org.jspecify.annotations.NullMarked;
