/**
 * What the payment provider has, held against what was ordered and credited here.
 *
 * <ul>
 *   <li>Each of the provider's payments is applied as it would be for an event ({@link
 *       ai.mavster.credits.payment.Payments#apply}): so what is missing is made up for once, also where an event reports it, and a
 *       repeat changes nothing.
 *   <li>One reconciliation runs at a time, in whichever process; one whose process dies is given up after a while, and the
 *       next begins anew.
 *   <li>What the provider has taken for a purchase that it says is this service's has a row, and that what is paid here and
 *       not there. A payment that names no purchase is none of this service's.
 *   <li>What does not agree and cannot be repaired stays {@code unexplained} until it agrees, or the money is given back
 *       at the provider: it is listed, counted, and alerted about. Nothing is decided by it.
 *   <li>A failure of the provider ends a reconciliation, never a payment: it is {@code failed}, and says why.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.payment.reconciliation;

import org.jspecify.annotations.NullMarked;
