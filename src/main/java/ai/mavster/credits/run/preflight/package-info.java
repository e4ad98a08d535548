/**
 * May this run start?
 *
 * <ul>
 *   <li>A preflight is the ledger's decision of the debit, without its effect: it writes and reserves nothing.
 *   <li>It is asked by the code that a start is decided by, and counts what the holds of the runs above have left.
 *   <li>It is always answered with 200; what stands in the way is the 402 that the debit would get.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.run.preflight;

import org.jspecify.annotations.NullMarked;
