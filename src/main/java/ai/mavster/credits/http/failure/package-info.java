/**
 * What a failure is answered with.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>Everything that fails leaves as {@code application/problem+json}, save a malformed percent-encoding: an empty
 *       400, which the server gives before any of this runs.
 *   <li>What is not known is a fault of ours: a 500 with an id that finds it in the log, and no class name, SQL or
 *       stack trace.
 *   <li>A caller who hangs up is no fault of ours, and no error in the log.
 *   <li>A failing look-up of a key passes through here like everything else, and ends as 503, never as 401.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.failure;

import org.jspecify.annotations.NullMarked;
