/**
 * A payment provider that the service plays itself, with play money: to try purchases, and for tests.
 *
 * <ul>
 *   <li>It is a provider like any other: the rest of the service knows it by
 *       {@link ai.mavster.credits.payment.PaymentGateway} and the inbox alone, and learns nothing from its tables.
 *   <li>It keeps all in the database, so that several processes, and a process that was started again, see one
 *       provider. One purchase is one payment there, however often it is asked for.
 *   <li>How a payment goes is the card's: {@link ai.mavster.credits.payment.sandbox.SandboxCard}.
 *   <li>Its pages and endpoints exist only where it is the configured provider. A page's address is a secret of the
 *       customer's; what a page changes needs a token of the page's own.
 *   <li>It keeps nobody's e-mail address.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.payment.sandbox;

import org.jspecify.annotations.NullMarked;
