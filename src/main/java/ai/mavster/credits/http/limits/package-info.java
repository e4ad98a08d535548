/**
 * What is refused before an endpoint is asked: too many requests at once, a body that is too large or too slow, a path
 * that would be misread.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>A request is turned away only after it has waited for those under way to end, or where too many wait already.
 *   <li>A refusal at this stage has no effect, and costs no more than reading the head of the request (or as much of
 *       a body as is allowed).
 *   <li>A body is read once its caller is known, whole, and without a thread: no caller holds a worker by sending
 *       slowly, or by hanging up. It has a deadline from its first byte to its last.
 *   <li>What the bodies of all unanswered requests take up is bounded, also against callers who have a key.
 *   <li>Nobody reads on for a caller who has been answered: the connection of one who goes on sending is closed.
 *   <li>It is a problem like all others, although the framework that writes the others has not begun yet.
 *   <li>Answers are kept for a client only so long: one who takes nothing of them is hung up on, and until then no
 *       further request of theirs is begun. On HTTP/2 one answer that is not taken is enough for it.
 *   <li>How many were turned away is counted, by the limit that they met.
 *   <li>A long poll counts among the requests that are under way only until it begins to wait: how many wait is bounded
 *       where they do.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.limits;

import org.jspecify.annotations.NullMarked;
