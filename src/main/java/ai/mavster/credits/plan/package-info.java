/**
 * What can be subscribed to: how much a plan grants each month, up to which balance, and how long it is paid for.
 *
 * <ul>
 *   <li>A grant fills up to {@code monthly_credits * cap_ratio}; a plan without a ratio has no cap.
 *   <li>Subscriptions follow a changed plan at once: a decision reads the plan under the account's lock.
 *   <li>What a plan was is kept, append-only, with who made it so and why; what is decided by a plan names the version.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.plan;

import org.jspecify.annotations.NullMarked;
