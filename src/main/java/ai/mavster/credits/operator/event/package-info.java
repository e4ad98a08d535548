/** What was announced of an account, and whether those who listen have taken it. */
@NullMarked
package ai.mavster.credits.operator.event;

import org.jspecify.annotations.NullMarked;
