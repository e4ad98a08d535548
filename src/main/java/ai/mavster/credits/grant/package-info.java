/**
 * Credits that come in, and those of them that are taken back: the endpoints of top-ups, and of grants, adjustments and
 * voids by an administrator. Monthly grants are the subscription's.
 *
 * <ul>
 *   <li>A void takes back what is left of one grant, an adjustment below zero what would be spent next; neither takes
 *       what is held, asks the subscription, or is usage.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.grant;

import org.jspecify.annotations.NullMarked;
