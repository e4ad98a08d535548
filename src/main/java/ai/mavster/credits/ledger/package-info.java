/**
 * The only code that moves credits.
 *
 * <p>A {@link ai.mavster.credits.ledger.Command} is submitted to the {@link ai.mavster.credits.ledger.Ledger}, which
 * puts it into the lane of its account. The lane's thread takes whatever has accumulated as one batch: it locks the
 * accounts' rows, loads what the decisions need, decides one command after another with pure functions
 * ({@link ai.mavster.credits.ledger.Decision}), writes all rows, commits once, and only then answers each caller.
 *
 * <p>What always holds, for each account:
 *
 * <ul>
 *   <li>{@code 0 <= held <= balance}; the balance is the sum of its entries and the sum of what its grants have
 *       remaining; what is held is the sum of what its open holds have remaining.
 *   <li>Every grant lies between zero and what was granted; its entries add up to what remains of it. Of every hold
 *       {@code captured + released + remaining = amount}, and what was captured is what debits drew.
 *   <li>A hold may take over what others have reserved, and give back what it does not use: they release what it
 *       reserves, in one step. The sum of what is held changes by what is reserved anew, and nobody can spend the rest
 *       in between. A hold that expires gives nothing back: all it had left is released.
 *   <li>{@code seq} is 1, 2, 3, … without a gap, and each entry's hash covers it, its posting and the hash before.
 *   <li>An idempotency key takes effect once, whatever the command: a repeat gets the first answer, another request
 *       under the same key is refused.
 *   <li>A refused command moves no credits and reserves none, and leaves nothing behind in the ledger. An accepted one is committed before anybody hears of it.
 *   <li>What is taken back unspent, by a void, a clawback, a settlement or an adjustment below zero, is never held, and is no usage.
 *   <li>Once it is closed it holds nothing, and nothing is done for it any more, but that what was kept expires, or is
 *       voided. Only then are its texts erased; its entries are proven as before.
 *   <li>Of a debit no more is given back than it took, and to the grants it took it from.
 *   <li>A clawback takes what is left of its grant and not held, and never more; what it claims beyond that is owed. What
 *       is owed is no part of the balance, limits nothing, and is changed by nothing but clawbacks and settlements.
 *   <li>Whatever comes in is posted whole, by its own rule, and a settlement right behind it takes what is owed from the
 *       grants that were just credited, before anybody can spend that: nothing that was there before, nothing that is
 *       held, and nothing that has expired at once. What a hold releases has not come in.
 *   <li>What has expired counts for nothing from its instant on, except what a hold has <em>kept</em>: the part of an
 *       expired grant without which the balance would have fallen below what was held. Only captures spend it, and
 *       before anything else; releasing a hold lets what it kept expire at once; income does not touch it.
 *   <li>It has one time, at which all of it is decided and posted: the real one, or that of its test clock. Neither
 *       goes back; and a test clock passes nothing that is due, and leaves nothing behind that has expired.
 * </ul>
 *
 * <h2>How a feature joins</h2>
 *
 * <p>The ledger knows no feature. A feature is a bean that implements {@link ai.mavster.credits.ledger.Participant};
 * runs, subscriptions and usage are. Budgets, say, which bound what a project may spend in a month, would be one class
 * for the bean and one for its state of a batch:
 *
 * <pre>{@code
 * @Singleton
 * class BudgetsParticipant implements Participant {
 *
 *     public int order() {
 *         return 400;                    // after runs: it counts what they hold
 *     }
 *
 *     public InBatch read(RoundTrip reads, Scope scope) {
 *         BudgetsInBatch budgets = new BudgetsInBatch();
 *         BudgetTable.find(reads, scope.accountIds(), budgets::found);     // one statement, however many accounts
 *         return budgets;
 *     }
 * }
 *
 * class BudgetsInBatch implements Participant.InBatch {
 *
 *     public Limit limit(Charge charge, AccountView account) {
 *         Budget budget = of(account.accountId(), charge.purpose().projectId());
 *         if (budget == null) {
 *             return null;
 *         }
 *         // What was reserved of this budget is counted already: the charge only turns it from held into spent. So it
 *         // passes, be it that the limit was lowered since. A hold of a run further up may be another project's.
 *         Credits most = charge.most(hold -> budget.covers(hold.purpose()), budget.left());
 *         return new Limit(most, budget.exceeded());
 *     }
 *
 *     public void hear(Fact fact, AccountView account) {
 *         if (fact instanceof Fact.Posted posted) {
 *             spent(posted.posting(), posted.captures());                  // spent goes up, held down by the captures
 *         } else if (fact instanceof Fact.Held held) {
 *             held(held.hold(), held.credits());                           // Released and HoldExpired likewise, downwards
 *         }
 *         if (crossed(90)) {
 *             account.publish(new ThresholdCrossed(budget, 90));           // heard by all, alerts among them
 *         }
 *     }
 *
 *     public void write(RoundTrip writes) {
 *         BudgetTable.upsert(writes, changed);                             // in the debit's own transaction
 *     }
 * }
 * }</pre>
 *
 * <p>What is read is known before anything is decided. Where only that says what else is needed, such as what was spent
 * in a window whose start goes by the account's time zone, the participant throws a
 * {@link ai.mavster.credits.ledger.Participant.NotRead}: all of the batch is read again with that, under the same locks, and decided
 * anew. That is for what is seldom needed; what it can foresee of a batch that has just been read it says at once
 * ({@code missing}), for all accounts together.
 *
 * <p>The limit is asked by every decision there is: debits, holds, preflights, {@code blocked_by} and {@code spendable}
 * of a balance. It is asked last: the subscription, then the credits, then other limits, in the order of
 * {@link ai.mavster.credits.Refusal.Code}. What a hold has reserved was let pass when it was made, and is not refused by
 * a limit that has become tighter since: a runner that could not reach the service goes on within its hold, and posts
 * afterwards what it has done. Only a limit that lets nothing pass at all, as a subscription's does, refuses that too.
 * Each 402 tells the account's balance and what is held, and every participant
 * may {@link ai.mavster.credits.ledger.Participant.InBatch#explain explain} it further, where it is only shown. With
 * {@code take_available} a debit takes what passes all limits. A feature's own changes are commands
 * ({@link ai.mavster.credits.ledger.Command.OfFeature}), decided under the account's lock with the state its
 * participant has read; they answer with a {@link ai.mavster.credits.ledger.Change}, and need no idempotency of their
 * own: a key makes it so. What it decides by joins the proof
 * ({@link ai.mavster.credits.ledger.proof}).
 */
@NullMarked
package ai.mavster.credits.ledger;

import org.jspecify.annotations.NullMarked;
