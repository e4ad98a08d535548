/**
 * Subscriptions that are paid at Stripe drive the accounts' own.
 *
 * <ul>
 *   <li>What the subscription is at Stripe is fetched, and made the account's by the rules for all changes, with the event
 *       as its author. What was fetched earlier than what was applied last changes nothing.
 *   <li>Which account it is says its metadata, or else its customer's. Which plan it is says its price: one that is
 *       unknown changes nothing.
 *   <li>Its months are counted from where Stripe counts them, in UTC as Stripe does.
 *   <li>Where months are granted as they are paid, what is paid for is read off the invoices, and goes with the
 *       subscription; when a month may be granted is decided where all renewals are.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.payment.stripe.subscription;

import org.jspecify.annotations.NullMarked;
