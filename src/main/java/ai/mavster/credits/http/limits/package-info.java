/**
 * What is refused before an endpoint is asked: too many requests at once, a body that is too large, a path that would
 * be misread.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>A refusal at this stage has no effect, and costs no more than reading the head of the request (or as much of
 *       a body as is allowed).
 *   <li>It is a problem like all others, although the framework that writes the others has not begun yet.
 *   <li>Answers are kept for a client only so long: one who takes nothing of them is hung up on, and until then no further request of theirs
 *       is begun.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.limits;

import org.jspecify.annotations.NullMarked;
