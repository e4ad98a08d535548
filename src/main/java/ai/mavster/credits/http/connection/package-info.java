/**
 * How many connections there may be, for how long without a request, and which of them may begin one.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>Connections are bounded, in all and of one address, from the moment they are accepted: the process never runs out
 *       of open files.
 *   <li>A new connection takes the place of one that never had a request; where there is none, of the one that has been
 *       without for the longest. So a client that opens connections and sends nothing, or heads by the byte, keeps no other out
 *       and interrupts nobody; a new one is refused only where all others have a request under way.
 *   <li>A head has a deadline, from its first byte to its last; the first one of a connection, from when it was accepted.
 *       On HTTP/2 that is so for the first one: later ones cannot be distinguished from what keeps a connection alive.
 *   <li>A request that finds as many under way as may be waits unread, in the order of arrival, and for a bounded time. A
 *       place that becomes free is given to the first of them, never to a newcomer; and it is free again at once if its
 *       connection has been closed, or has sent no complete head.
 *   <li>What cannot be held back waits parsed, no more of it than may be under way: the requests of HTTP/2, where a
 *       connection that is not read would stop all of them, and those whose head comes in parts.
 *   <li>What operators need does not wait, as far as its first bytes tell it: those of TLS do not.
 *   <li>The management port is not limited: health can be asked for when the API's port is full.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.connection;

import org.jspecify.annotations.NullMarked;
