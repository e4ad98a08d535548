/**
 * What became of subscriptions: who changed them, when and why.
 *
 * <ul>
 *   <li>Every change is kept, by the transaction that makes it; one that changes nothing leaves no trace.
 *   <li>Append-only. Newest first is by id: ids sort by the account's own time.
 *   <li>What a change granted at once stands in it with its grant; monthly grants are renewals.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.subscription.history;

import org.jspecify.annotations.NullMarked;
