/**
 * Money that comes in. A {@link ai.mavster.credits.payment.PaymentGateway} takes it: Stripe, the sandbox, or none.
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>Nobody asks the gateway under an account's lock, or on a thread that others wait for.
 *   <li>What is bought has a row in {@code payment}, written before the gateway is asked, with its credits and its price.
 *       The gateway is asked with the row's id as the key, so asking again takes nothing twice.
 *   <li>What the provider says is a reason to look, never the fact: the payment's present state is fetched, and applied
 *       under the account's lock. Applying is idempotent and takes any order: a state is compared with what was applied
 *       before.
 *   <li>Paid once is one top-up, in the transaction that marks the row paid.
 *   <li>Of a payment that was given back or is disputed, credits are claimed in proportion: credits × lost ÷ paid,
 *       rounded half up, over all that was lost so far, so that all of the money claims all of the credits. What is lost
 *       no longer gives them back.
 *   <li>Credits are claimed from what was reinstated of earlier claims before the rest, for there they are.
 *   <li>Money that cannot be credited (of another amount, after the closing of its account, a second time for the same) is
 *       recorded, and is a {@link ai.mavster.credits.payment.Finding} until it was given back.
 *   <li>Of a closed account nothing is claimed; what becomes of its money is recorded.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.payment;

import org.jspecify.annotations.NullMarked;
