/** What an account has, what it may spend and why not, and what comes next. */
@NullMarked
package ai.mavster.credits.portal.overview;

import org.jspecify.annotations.NullMarked;
