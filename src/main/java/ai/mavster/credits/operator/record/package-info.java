/**
 * Which operator did what, and why.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>An action is recorded before it is done: what cannot be recorded is not done. An action goes through the ledger, or
 *       through other connections than the record's, so that one transaction for both is not to be had; this way round
 *       nothing is lost when the service ends between the two, and an action without an end says so.
 *   <li>What was refused did not happen, and leaves no record.
 *   <li>A form that counts once is one record, however often it is sent.
 *   <li>A record has ids, names and reasons, and never the text of a key. Reasons go with an account's texts.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.operator.record;

import org.jspecify.annotations.NullMarked;
