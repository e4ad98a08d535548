/** What others hear of budgets and of a plan's allotment: whose limit it is, and what has been reached of it. */
@NullMarked
package ai.mavster.credits.budget.limit;

import org.jspecify.annotations.NullMarked;
