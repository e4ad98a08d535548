/**
 * Where Stripe sends its events, and what is done about them.
 *
 * <ul>
 *   <li>An event is signed with the endpoint's secret, lately, or it is refused and only counted. All others leave a
 *       record before they are answered.
 *   <li>It is only a reason to ask: of it the type, the time and the id of its object are read, since its payload is
 *       written in the API version of the endpoint. What the object is now is fetched, and applied.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.payment.stripe.event;

import org.jspecify.annotations.NullMarked;
