/**
 * What has to go with the texts of an account: everything that callers wrote in words of their own.
 *
 * <ul>
 *   <li>Only a closed account is erased, of which nothing is written any more: what is gone does not come back.
 *   <li>It goes part by part, each in a transaction of its own, and may begin anew after any of them.
 *   <li>The salt goes last. Until then each text is there and right, or gone; after it none is there, and none that was
 *       there can be found out by trying.
 *   <li>Amounts, times, ids and hashes stay: the account is proven as before.
 * </ul>
 *
 * <h2>How a feature joins</h2>
 *
 * <p>A feature that keeps a text, an address or the like of an account is an {@link ai.mavster.credits.ledger.erasure.Eraser}
 * bean. Where the rows have a checksum a {@link ai.mavster.credits.sql.Redaction} of their table does it. A test looks
 * for the texts of an erased account in every table there is, and fails for a new one until its feature has joined.
 */
@NullMarked
package ai.mavster.credits.ledger.erasure;

import org.jspecify.annotations.NullMarked;
