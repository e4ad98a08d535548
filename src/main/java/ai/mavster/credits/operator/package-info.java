/**
 * The pages of those who run the service: why an account was charged or refused, in a minute, and what to do about it.
 * {@link ai.mavster.credits.operator.Operator} is the one door to them.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>A page belongs to a session, and a session to an admin's key that is bound to no account; it ends with the key.
 *   <li>Pages decide nothing: they ask and change what the API's endpoints do, by the same doors, with the key as the
 *       author, and with a reason wherever credits move.
 *   <li>Each action is recorded before it is done, with its author ({@link ai.mavster.credits.operator.record}).
 *   <li>What moves credits is shown before it is done, and counts once however often its form is sent.
 *   <li>An account's own pages are seen in a session of their own that can change nothing.
 *   <li>Times are UTC, and texts are English: operators read logs and the API beside them.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.operator;

import org.jspecify.annotations.NullMarked;
