/**
 * Credits that come in: the endpoints of top-ups, and of grants by an administrator. Monthly grants are the
 * subscription's.
 */
@NullMarked
package ai.mavster.credits.grant;

import org.jspecify.annotations.NullMarked;
