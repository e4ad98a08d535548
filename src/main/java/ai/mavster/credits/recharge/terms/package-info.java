/**
 * When a recharge is made, how large it is, what it may cost, and how one goes on: pure rules.
 *
 * <ul>
 *   <li>A recharge is sized once: to what is set, or to the gap; whole within the limit of the period, or not at all.
 *   <li>One that was paid has succeeded, whatever was known of it before. One that has ended otherwise ends again only
 *       by being paid.
 *   <li>The provider is asked for money only while asking again under the same key takes nothing twice; afterwards it
 *       is only asked what became of it.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.recharge.terms;

import org.jspecify.annotations.NullMarked;
