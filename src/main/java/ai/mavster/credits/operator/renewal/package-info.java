/** Renewals that are due, those that failed, and doing them now. */
@NullMarked
package ai.mavster.credits.operator.renewal;

import org.jspecify.annotations.NullMarked;
