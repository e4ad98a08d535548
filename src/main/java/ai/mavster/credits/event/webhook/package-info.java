/**
 * Webhook endpoints: who subscribes to events, and where they are delivered. What is delivered to them is
 * {@code event.delivery}'s.
 *
 * <ul>
 *   <li>An endpoint gets what was written while it was enabled and is of its types and its account. What came before
 *       has to be asked for ({@code redeliver}).
 *   <li>Its secret is shown once, and kept as it is, since it has to sign; it comes into no log and no list. When it is
 *       changed both are good for a time, and both sign.
 *   <li>Where it listens is checked when it is registered, and again, by the address that is connected to, each time
 *       something is delivered.
 *   <li>One that is deleted is shown to nobody any more, and gets nothing; what belongs to it leaves in parts.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.event.webhook;

import org.jspecify.annotations.NullMarked;
