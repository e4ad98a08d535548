/**
 * Stripe's side of payments: pages where customers pay, saved cards, and what became of each payment.
 *
 * <ul>
 *   <li>What takes money is asked under the purchase's id as the idempotency key. Where Stripe has no answer to give
 *       under that key, what it has made for the purchase is looked up, by the customer; a search by metadata is not
 *       consistent enough to say that there is none.
 *   <li>The library never repeats a request by itself: how often is asked, and when, is decided where the outcome is
 *       kept. A request has a deadline of its own, however slowly an answer comes in.
 *   <li>An account has one customer, which says so in its metadata: one that names another account is never charged.
 *   <li>An event is only a reason to look: of it the type, the time and the id of its object are read, since its payload
 *       is written in the API version of the endpoint. What the object is now is fetched.
 *   <li>Neither keys nor what people have entered at Stripe are in logs, answers or errors; a failure is named by
 *       Stripe's own codes.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.payment.stripe;

import org.jspecify.annotations.NullMarked;
