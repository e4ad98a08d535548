/**
 * What credits were used on: by day, and by action, project or test.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>Days are those of the account's zone; a range spans at most 400 of them.
 *   <li>All figures of the page but those of runs are read as of one moment. Those of runs are of the last ones that
 *       finished in the range, and their number is bounded.
 *   <li>The page is whole without scripts: the chart is drawn by the service, and a script only makes it answer to the
 *       pointer.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.portal.usage;

import org.jspecify.annotations.NullMarked;
