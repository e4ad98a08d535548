/** Which budgets have counted what: their windows, also those that are over, for reading. */
@NullMarked
package ai.mavster.credits.budget.history;

import org.jspecify.annotations.NullMarked;
