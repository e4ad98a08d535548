/** Limits that an account, a workspace or a project may spend up to within a window. */
@NullMarked
package ai.mavster.credits.budget;

import org.jspecify.annotations.NullMarked;
