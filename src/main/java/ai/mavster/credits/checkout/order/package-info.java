/**
 * Checkouts: packs that are bought at a page of the payment provider.
 *
 * <ul>
 *   <li>A checkout is written with its payment, before there is a page. The page is then made without any lock, with the
 *       checkout's id as the key: a repeat of the request returns the same page, also where a process has ended in
 *       between.
 *   <li>Credits and price are those of the pack's version at that time, whatever becomes of the pack.
 *   <li>It can be paid until it expires, by the real time. What is paid all the same is credited.
 *   <li>Closing an account cancels its checkouts; their pages are closed at the provider afterwards, until that has
 *       succeeded.
 *   <li>What is paid, and what becomes of the money, is the payment's: a checkout only follows it, in the same
 *       transaction.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.checkout.order;

import org.jspecify.annotations.NullMarked;
