/**
 * Stripe's side of payments: pages where customers pay, saved cards, and what became of each payment.
 *
 * <ul>
 *   <li>What takes money is asked under the purchase's id as the idempotency key. Where Stripe has no answer to give
 *       under that key, what it has made for the purchase is looked up, by the customer; a search by metadata is not
 *       consistent enough to say that there is none.
 *   <li>A payment is Stripe's payment intent with the charge that has paid it. A page counts as one as long as nothing was
 *       tried there.
 *   <li>How it is reached is in {@code client}, who pays in {@code customer}, what it announces in {@code event}, and the
 *       subscriptions that are paid there in {@code subscription}.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.payment.stripe;

import org.jspecify.annotations.NullMarked;
