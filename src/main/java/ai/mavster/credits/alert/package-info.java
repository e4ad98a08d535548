/**
 * Word of it in time: what an account, and who pays for it, is told before credits run out.
 *
 * <ul>
 *   <li>An alert is written in the transaction that gives the reason for it, and announced there: one that was told is
 *       in the list, and one in the list was told.
 *   <li>A threshold of a plan's allotment or of a budget is told once in each window, and again only where the limit
 *       has been changed so that it was not reached any more. What is given back re-arms nothing: {@code budget} knows
 *       what has been told.
 *   <li>That credits are used up is told as often as it happens: where a command takes what is available from something
 *       to nothing. What moves between holds, or is renewed as it expires, is not between two commands.
 *   <li>That they will be used up before the renewal is told once a period, by a command of its own, decided with what
 *       is kept.
 *   <li>A single debit is told of where it is larger than the account wants to hear nothing of.
 *   <li>Nothing of credits is decided by an alert; and none is told of an account that is closed.
 *   <li>Its settings are changed under the account's lock.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.alert;

import org.jspecify.annotations.NullMarked;
