/**
 * What runs will cost, by the rate card and by what they have cost before; and how close that was.
 *
 * <ul>
 *   <li>History is the account's own, and the latest 100 runs of it. Fewer than five are none.
 *   <li>What a run has cost is what it spent and what all runs below it spent. Only runs that came to an end by
 *       themselves say what a run costs: success and failed, not canceled. What one unit of an action cost is taken
 *       from all that are over.
 *   <li>An action's history begins with the version of its rate that is in force: what it cost at another price says
 *       nothing.
 *   <li>A percentile is the nearest rank: the smallest value that at least so many percent of the values do not exceed.
 *       It is a value that was seen, never one between two, and there is no binary fraction on the way to it.
 *   <li>Nothing here decides about credits: an estimate is asked for before a run is checked or held for, and may be
 *       out of date by then.
 * </ul>
 *
 * <p>All of it reads the database in ordinary, blocking ways: callers are on worker threads.
 */
@NullMarked
package ai.mavster.credits.run.estimate;

import org.jspecify.annotations.NullMarked;
