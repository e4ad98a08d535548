/**
 * What the log tells of requests. Off unless asked for: then nothing of it is done.
 *
 * <ul>
 *   <li>No line has a secret, or a text that somebody wrote: addresses are written as their template, without a query; of a
 *       key there is its id.
 *   <li>A request's id is its caller's, if that has the form of an identifier.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.log;

import org.jspecify.annotations.NullMarked;
