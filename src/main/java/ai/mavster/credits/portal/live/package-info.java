/**
 * Pages that show what is happening while it happens. A browser keeps a stream of server-sent events open, which says no
 * more than that the account has changed; its page then reads itself again, and puts in what is different. So the stream
 * carries nothing of the account's, and what is shown is rendered in one place.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>No stream holds a thread, and none asks the database by itself: all of a process are served by one look a
 *       second, two or three statements however many there are; and none where nobody watches.
 *   <li>How many are open is bounded, in all and of each session. Who gets none polls.
 *   <li>A stream ends with its session, within a second, and after ten minutes in any case: browsers come back by
 *       themselves, through the same door as any page. It ends when the service stops, and when the database cannot be
 *       asked: what is not known to be live must not look so.
 *   <li>For a reader who does not keep up nothing piles up: it is noted that there is something, once.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.portal.live;

import org.jspecify.annotations.NullMarked;
