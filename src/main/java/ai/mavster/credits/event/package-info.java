/**
 * What callers are told of without asking: events, written in the transaction of what they tell of, numbered per
 * account, and delivered afterwards.
 */
@NullMarked
package ai.mavster.credits.event;

import org.jspecify.annotations.NullMarked;
