/**
 * Accounts as an operator sees them: found by what a customer says of them, with what they have, what stands in the way,
 * and where that comes from.
 */
@NullMarked
package ai.mavster.credits.operator.account;

import org.jspecify.annotations.NullMarked;
