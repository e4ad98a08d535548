/**
 * What customers can buy: credits in packs, and what a credit costs where no pack is bought.
 *
 * <ul>
 *   <li>What a pack was stays in its versions, and a version of the credit price is never changed or deleted: a new price
 *       is a new version that starts later.
 *   <li>A price is fixed when something is bought, and rounded once, half up, to what its currency can pay.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.checkout;

import org.jspecify.annotations.NullMarked;
