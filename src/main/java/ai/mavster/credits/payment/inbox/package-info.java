/**
 * What payment providers announce: received at once, processed afterwards.
 *
 * <ul>
 *   <li>An event is recorded once, however often it comes, before the provider gets its answer. Of what it says only its
 *       id, type, time and object are kept: the rest is the provider's, and may be out of date.
 *   <li>All events of an object are processed together, by one process at a time, which asks the provider for the
 *       object's present state and applies that. Order therefore does not matter.
 *   <li>An event ends as processed, ignored or unexplained. Until then it is tried again: soon at first, and less and
 *       less often, but for ever.
 *   <li>A process claims an object for some time before it processes it. If it dies, the claim ends and another process
 *       goes on.
 *   <li>What is processed or ignored leaves after a time. What is unexplained stays until it is explained.
 * </ul>
 *
 * <p>A provider joins with an {@link ai.mavster.credits.payment.inbox.EventHandler}.
 */
@NullMarked
package ai.mavster.credits.payment.inbox;

import org.jspecify.annotations.NullMarked;
