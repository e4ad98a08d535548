/**
 * Requests that are made of a certain version of something: {@code ETag}, {@code If-Match}, {@code If-None-Match}
 * (RFC 9110).
 *
 * <ul>
 *   <li>Tags are strong: a digest of all that is answered but the time at which it was read. The same state has the same
 *       tag on every process.
 *   <li>Whether a version still holds is for the one to decide who changes it, under the lock; this only reads headers.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.conditional;

import org.jspecify.annotations.NullMarked;
