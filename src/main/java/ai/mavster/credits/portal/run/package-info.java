/**
 * Runs, as an account's owner sees them: the list, and each with its steps, what it holds, what it has cost, and what
 * stopped it.
 *
 * <ul>
 *   <li>A run is shown as of the account's time: one that was given up counts as that whether or not that was written
 *       down.
 *   <li>Runs below one start while it runs; they are looked for in that time only.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.portal.run;

import org.jspecify.annotations.NullMarked;
