/**
 * Subscriptions that are paid at the payment provider, as their owner orders them.
 *
 * <ul>
 *   <li>Nothing changes here: the owner pays at the provider's page, the provider announces it, and what it has then is
 *       made the account's subscription.
 *   <li>Of what a subscription costs only the provider knows, and says so at its page.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.payment.subscription;

import org.jspecify.annotations.NullMarked;
