/**
 * Events for callers: written in the transaction of their cause, numbered per account, and delivered afterwards.
 *
 * <ul>
 *   <li>An event is written if and only if its cause is committed. Those of an account are numbered 1, 2, 3, …
 *       without a gap, in the order in which things happened to it; there is no order across accounts.
 *   <li>Its id sorts by when it was written, its time is that of the account, which may have a test clock.
 *   <li>Its payload is ids and figures, and nobody's words: so nothing of it has to be erased.
 *   <li>An event is purged after the configured time. The number of the last one stays, so that none is given twice.
 *   <li>A batch in which nothing is announced reads the accounts' numbers, by key, and writes nothing.
 * </ul>
 *
 * <h2>How a feature announces</h2>
 *
 * <p>It publishes a record that is an {@link ai.mavster.credits.event.Announcement}, under the account's lock:
 * {@code account.publish(new BudgetExceeded(…))}. The record is the event's {@code data}, field by field in JSON. It is
 * called after its type, {@code budget.exceeded} as {@code BudgetExceeded}, and describes and exemplifies itself by
 * {@code @Schema(name = "BudgetExceeded", …)}: that is how it comes into the contract. Everybody in the batch hears it
 * as any other fact.
 *
 * <p>A feature that delivers events in another way than by webhooks, such as by mail, hears announcements in a participant of
 * its own, and keeps what is to be sent in rows of its own, written in the same transaction: {@code dispatched} in
 * {@code event} is about webhooks alone.
 */
@NullMarked
package ai.mavster.credits.event;

import org.jspecify.annotations.NullMarked;
