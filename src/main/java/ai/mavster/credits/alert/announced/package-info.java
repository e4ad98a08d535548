/**
 * What alerts announce: the data of their events, in ids and figures alone.
 */
@NullMarked
package ai.mavster.credits.alert.announced;

import org.jspecify.annotations.NullMarked;
