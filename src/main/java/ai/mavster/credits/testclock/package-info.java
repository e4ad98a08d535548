/**
 * Months in seconds: accounts with a clock of their own, which stands still until it is advanced.
 *
 * <ul>
 *   <li>An advance is many commands, of which each leaves the account as if it had been left alone until then. So it
 *       can be cut off at any point, repeated, and overlap with another.
 *   <li>The clock passes nothing that is due: it stops there, what is due is done, and it goes on. What expires on the
 *       way is posted at its own instant. So the entries are the same in one go and day by day.
 *   <li>It never goes back.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.testclock;

import org.jspecify.annotations.NullMarked;
