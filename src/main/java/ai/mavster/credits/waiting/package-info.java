/**
 * Waiting for credits: callers who are answered, and what else goes on by itself, once an account can spend again.
 *
 * <ul>
 *   <li>Whatever may let an account spend more is a fact that says so ({@link
 *       ai.mavster.credits.ledger.Fact#mayFreeCredits}). After the commit of its batch there is a
 *       {@link ai.mavster.credits.waiting.WakeUp} in this process, and within moments in all others. It decides
 *       nothing: what wakes reads the account, by the decision that a debit would get.
 *   <li>A wake-up may get lost, and time frees credits without one: a hold expires, a budget's window turns. So whatever
 *       waits looks again every few seconds all the same ({@code credits.waiting.poll-every}).
 *   <li>Who waits costs no thread and no connection. Each look reads an account once, however many wait for it, and
 *       many accounts together; readings of one account keep a distance. Who came after a look had begun is answered by the
 *       next one: nobody is answered as of a time before they asked.
 *   <li>An answer is no reservation: of all who are answered, the first to spend has it.
 *   <li>What is refused with a 402 is written down once, under the lock that refused it: a scope and the smallest amount
 *       that has to be free for it. As soon as a fact of a later batch lets that much pass, or the end of the window that
 *       was in the way, it is announced in the transaction of that fact, once, and not waited for any more.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.waiting;

import org.jspecify.annotations.NullMarked;
