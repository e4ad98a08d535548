/**
 * Alerts to an account, and to who pays for it, before credits run out.
 *
 * <ul>
 *   <li>An alert is written in the transaction of its cause, and announced there: one that was announced is
 *       in the list, and one in the list was announced.
 *   <li>A threshold of a plan's allotment or of a budget raises one alert in each window, and again only where the limit
 *       has been changed so that it was not reached any more. What is given back re-arms nothing: {@code budget} knows
 *       what has been raised.
 *   <li>That credits are used up raises an alert as often as it happens: where a command takes what is available from something
 *       to nothing. What moves between holds, or is renewed as it expires, is not between two commands.
 *   <li>That they will be used up before the renewal raises one a period, by a command of its own, decided with what
 *       is kept.
 *   <li>A single debit raises one where it is larger than the account's setting.
 *   <li>Nothing of credits is decided by an alert; and a closed account has no further ones.
 *   <li>Its settings are changed under the account's lock.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.alert;

import org.jspecify.annotations.NullMarked;
