/**
 * The windows that budgets count in: where they start and end. Pure rules.
 *
 * <ul>
 *   <li>They are half-open, follow one another, and every instant is in one of them.
 *   <li>They are the account's: by the months of its subscription, or by the days of its time zone as the clock on the
 *       wall shows them, also where that is set.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.budget.window;

import org.jspecify.annotations.NullMarked;
