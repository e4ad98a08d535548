/**
 * How Stripe is reached: by its own library, over HTTP with deadlines, and what its failures say.
 *
 * <ul>
 *   <li>The library never repeats a request by itself: how often is asked, and when, is decided where the outcome is
 *       kept. A request has a deadline of its own, however slowly an answer comes in.
 *   <li>A failure says whether anything may have been done: no answer, a broken one and a fault of Stripe's own leave it
 *       open; a refusal does not.
 *   <li>Neither keys nor what people have entered at Stripe are in a failure's words: it is named by Stripe's own codes.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.payment.stripe.client;

import org.jspecify.annotations.NullMarked;
