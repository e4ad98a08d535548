/** What became of the credits of all accounts, month by month. */
@NullMarked
package ai.mavster.credits.operator.report;

import org.jspecify.annotations.NullMarked;
