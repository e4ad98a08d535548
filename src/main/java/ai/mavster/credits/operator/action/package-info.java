/** What operators have done: of an account, of a key, or all of it. */
@NullMarked
package ai.mavster.credits.operator.action;

import org.jspecify.annotations.NullMarked;
