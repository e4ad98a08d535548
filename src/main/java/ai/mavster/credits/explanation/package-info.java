/**
 * Why an account was charged: one posting, whole, and in words. Reads what others keep and changes nothing.
 *
 * <ul>
 *   <li>The price is that of the rate card at the time of the debit, which is never changed afterwards.
 *   <li>What a debit drew on holds is exact in sum. Of which hold is not kept: it was its run's, then those of the runs
 *       above, as they are listed.
 *   <li>The words are for a person who has to answer a customer. They say nothing that the figures do not.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.explanation;

import org.jspecify.annotations.NullMarked;
