/**
 * Credits for money: packs that are bought at the payment provider's page, and auto-recharge.
 *
 * <ul>
 *   <li>Nothing is paid here: a pack leads to the provider's page, and what is paid there is credited by its event.
 *   <li>What auto-recharge may cost at most, in a month and in a year, is said in money before it can be switched on;
 *       and again where the price has changed meanwhile.
 *   <li>A form that is sent twice buys once: the page gives it its key.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.portal.buying;

import org.jspecify.annotations.NullMarked;
