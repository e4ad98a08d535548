/**
 * Limits that an account, a workspace or a project may spend up to within a window, decided in the debit's own
 * transaction.
 *
 * <ul>
 *   <li>Several limits apply at once: a charge passes what all budgets let pass that count its purpose. What they count
 *       is what debits took in the window and what open holds reserve; a capture turns what was held into what is used,
 *       and adds nothing.
 *   <li>What a hold has reserved of a budget passes, be it that the limit was lowered since. What a run draws on the
 *       hold of another project's, further up, is new to its own project's budget.
 *   <li>A window's count is exact from its first instant, whatever the budget was then: one that is new, or whose window
 *       has changed with the time zone, the subscription or its kind, is counted from the rollups, under the lock. A
 *       window of a budget that goes on starts at zero and costs nothing.
 *   <li>Windows turn by the account's time, whether or not anything is done then: the row of the one before stays as it
 *       was. No two of a key are counting at a time.
 *   <li>What is given back lowers what is used where its debit occurred; where that window is over, it changes nothing of
 *       the present one. It never arms a threshold again.
 *   <li>A threshold raises one alert a window: where what is used has reached it for the first time since limit and
 *       thresholds were set. Setting another limit, or other thresholds, arms what is above that which is used; what is
 *       reached by it raises its alert at once.
 *   <li>The allotment of the account's plan is counted in the same way, with thresholds and without a refusal.
 *   <li>A refusal leaves nothing behind but, for the first one of a window, the instant at which its
 *       {@code budget.exceeded} was announced.
 *   <li>Of a budget that cannot be read the request fails: unknown is neither unlimited nor used up.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.budget;

import org.jspecify.annotations.NullMarked;
