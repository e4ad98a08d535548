/**
 * The plan: what it is, which others there are, and how it is changed.
 *
 * <ul>
 *   <li>An owner does by themselves only what costs nothing more: to cancel at the period's end, to take that back, to
 *       choose a smaller plan for then, and to take that back
 *       ({@link ai.mavster.credits.portal.plan.Offers} decides, for what is shown and for what is sent).
 *   <li>All else is paid first, at the provider's page, and takes effect on its event. Where there is no provider it is
 *       not offered.
 *   <li>What the provider drives is changed at the provider, also where it costs nothing: it would undo what is changed
 *       here, and go on charging.
 *   <li>What will become of the credits is said before, by the preview that the change itself is decided by. Where the
 *       subscription is not the one that was seen any more, it is said anew.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.portal.plan;

import org.jspecify.annotations.NullMarked;
