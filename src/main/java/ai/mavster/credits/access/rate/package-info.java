/**
 * How many requests callers may make: each with its key, and those together who come from one address with keys that are
 * not valid.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>There is no limit until one is configured.
 *   <li>A request is counted once its key is known, which is before its body is read and before the database is asked.
 *       What one key is refused takes nothing from another.
 *   <li>Each process counts by itself: behind a proxy that distributes evenly, N of them allow N times as much.
 *   <li>What is kept is bounded: one bucket for each key that exists and was used lately, and for the addresses that
 *       failed lately, of which the oldest is forgotten first. A key that does not exist leaves nothing.
 *   <li>An address whose failures are too many is refused only what would have to be looked up: keys that are known go on
 *       from there, so nobody locks out their neighbours.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.access.rate;

import org.jspecify.annotations.NullMarked;
