/**
 * How events get to webhook endpoints, after the commit of their cause and apart from it: nobody who posts waits
 * for anybody who listens.
 *
 * <p>It goes in two steps, in every process. Events that were written are <em>handed on</em>: a delivery is noted for
 * each endpoint that wants them ({@link ai.mavster.credits.event.delivery.Dispatch}). Then each account's deliveries to
 * each endpoint are sent one after another ({@link ai.mavster.credits.event.delivery.DeliveryLoop}).
 *
 * <ul>
 *   <li>Every event is delivered at least once to each endpoint that wanted it when it was handed on, unless it is given up: after
 *       some ten attempts within three days. That one failed does not hold up those after it any longer then.
 *   <li>Of an account an endpoint gets one event at a time, in order; across accounts there is no order. What was asked
 *       for again comes when it was asked for. A process that was so slow that another one took over may send an event
 *       once more, late.
 *   <li>A sender has claimed the account's place in the endpoint's queue for a short time. One that dies loses it, and
 *       another goes on; one that comes back too late notes nothing.
 *   <li>Of one endpoint a bounded number is under way at once, so that one that is slow or dead holds up no other; and
 *       none of them holds a thread or a connection to the database meanwhile.
 *   <li>A name is looked up for each attempt, all its addresses are checked, and one of those checked is connected to,
 *       in a connection of its own. Redirects are not followed, answers are read to a bound.
 *   <li>How an endpoint does is noted at it. One that says that it is gone, or that took nothing for too long, is
 *       disabled; what is pending stays so, and goes on when it is enabled again.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.event.delivery;

import org.jspecify.annotations.NullMarked;
