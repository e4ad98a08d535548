/**
 * Auto-recharge: credits that an account buys by itself where it runs low.
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>A recharge is made in the transaction that lets what is available fall below the threshold: by a debit, a hold,
 *       or what expires. Exactly on the threshold none is made. What is taken back from its owner, by a void or where a
 *       payment was given back, is no reason to sell it to them again.
 *   <li>It goes by the level: whatever is taken below the threshold makes the next one, once none is in flight and a
 *       pause after failures is over. To switch it on makes none: from the next credits on that are taken.
 *   <li>One is in flight per account, by a constraint, until it is known what became of it.
 *   <li>Within a month of the subscription, by the account's time, recharges add no more than the limit; each whole or
 *       not at all. That one does not fit is announced once.
 *   <li>None is made for an account that could spend nothing with more credits: its subscription is inactive, or a
 *       budget of the whole account is exhausted.
 *   <li>Its credits and its price are fixed when it is made, with its payment, in the same transaction; the payment
 *       provider is asked after the commit ({@link ai.mavster.credits.recharge.charging}), under its id.
 *   <li>It has succeeded if and only if its payment is credited, in the same transaction. One that was ended unpaid and
 *       is paid all the same has succeeded, too.
 *   <li>After one that failed there is a pause, by the real time, and longer each time; after four in a row, or where
 *       one was paid and could not be credited, it is switched off.
 * </ul>
 *
 * <p>Where an account has not set it up it costs its transactions one look-up by key.
 */
@NullMarked
package ai.mavster.credits.recharge;

import org.jspecify.annotations.NullMarked;
