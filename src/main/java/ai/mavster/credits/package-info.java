/**
 * Mavster Credits: a credit ledger for products that sell usage by credits. One authority answers, for a test-runner
 * that is about to spend, whether the run may go on; and never gets it wrong, under any number of runners, after a
 * crash, or when a client retries.
 *
 * <p>The packages, one sentence each:
 *
 * <ul>
 *   <li>{@code ledger}: the only code that moves credits; {@code ledger.hold} are credits that are reserved,
 *       {@code ledger.idempotency} keys that take effect once; {@code ledger.statement} reads what it has written, and
 *       {@code ledger.erasure} says what has to go with the texts of an account.
 *   <li>{@code debit}, {@code grant}: the endpoints for credits that are spent, given back and given.
 *   <li>{@code plan}, {@code subscription}, {@code renewal}: what can be subscribed to, each account's one
 *       subscription, and the monthly job; {@code subscription.terms} has the rules of periods and monthly grants,
 *       {@code subscription.history} what was changed.
 *   <li>{@code run}: what a test-runner reserves and spends; {@code run.preflight} is what it asks before,
 *       {@code run.estimate} what that will be, {@code run.record} what was kept.
 *   <li>{@code budget}: what an account, a workspace or a project may spend within a window;
 *       {@code budget.window} says where these start and end, {@code budget.history} which have counted a debit,
 *       {@code budget.limit} is what other features hear of a limit.
 *   <li>{@code waiting}: long polls, and the event once an account can spend again.
 *   <li>{@code payment}: money that comes in, by a payment provider; {@code payment.inbox} is what providers announce,
 *       {@code payment.sandbox} a provider with play money, {@code payment.reconciliation} the comparison of what it has
 *       with what is here. {@code checkout} is what can be bought, {@code checkout.order} how; {@code recharge} is what is
 *       bought automatically: {@code recharge.terms} has its rules, {@code recharge.charging} has it paid, and
 *       {@code recharge.announced} are its events.
 *   <li>{@code usage}: what was consumed, by quarter-hour and day and what it was for.
 *   <li>{@code alert}: alerts before credits run out; {@code alert.announced} are
 *       their events, {@code alert.mail} mails them.
 *   <li>{@code pricing}: the rate card, and quotes by it.
 *   <li>{@code report}: what became of the credits of all accounts, for finance. {@code explanation}: why an account was
 *       charged, posting by posting.
 *   <li>{@code event}: events and their outbox; {@code event.webhook} are the endpoints that subscribe,
 *       {@code event.delivery} how it gets there.
 *   <li>{@code account}: who owns credits, and what they have. {@code testclock} and {@code imports}: accounts whose
 *       time is advanced by hand, and accounts that come from another system.
 *   <li>{@code portal}: the billing page of an account's owner; {@code portal.session} is who has it open.
 *   <li>{@code operator}: the pages of those who run the service, with an admin's key: {@code operator.session} is who is
 *       signed in, {@code operator.account} what an account has and why, {@code operator.correction} what is given and
 *       taken back; {@code operator.health} is how the service is doing.
 *   <li>{@code access}: API keys and their scopes.
 *   <li>{@code http}: problems, strict JSON, idempotency keys, paging, limits, long answers, the request log, and the
 *       contract; {@code http.page} is what pages have in common.
 *   <li>{@code trace}: traces by OpenTelemetry.
 *   <li>{@code sql}: statements generated from the declaration of a table.
 *   <li>{@code embedded}: the PostgreSQL that the service brings along.
 * </ul>
 *
 * <p><b>Who uses whom.</b> The types of this package may be used by all. {@code sql}, {@code http} and {@code trace}
 * use nothing else; {@code ledger} uses {@code sql} and {@code trace}, and {@code http} in the resources of its
 * statement. Features use {@code ledger}, {@code http} and {@code sql}, and each other in one direction only; an
 * architecture test has the table. A feature with a say in spending, or with rows of its own in a ledger transaction,
 * is a {@link ai.mavster.credits.ledger.Participant}; the ledger knows none of them. Answers are made in
 * {@code …Resource} classes: nothing else knows HTTP.
 *
 * <p><b>Which way to the database.</b> Ordinary reads and writes are Panache's, in classes called {@code …Repository},
 * with queries in HQL. A ledger transaction goes through {@code sql}, in classes called {@code …Table}: it locks, reads
 * and writes many accounts in a few round trips, on threads without a session, and the shape of its statements is part
 * of the design. Beyond that only these use SQL of their own, each for the reason that stands in it:
 *
 * <ul>
 *   <li>{@code ledger.proof.Proofs} and {@code ledger.proof.Snapshot}, with the {@code …ProofCheck} of each feature,
 *       stream and compare millions of rows in one snapshot;
 *   <li>{@code usage.UsageRepository}, {@code usage.UsageSource}, {@code usage.UsageByDay} and {@code usage.SpentByDay},
 *       {@code run.estimate.AccuracyRepository}, {@code run.estimate.RunCosts} and
 *       {@code run.estimate.RunHistoryRepository} add up and rank over sets, which entities would load;
 *       {@code ledger.statement.SpentSince} searches a statement by halves, {@code ledger.statement.EntryRepository} and
 *       {@code ledger.statement.PostingRepository} likewise, and part by part;
 *   <li>{@code report.ReportRepository} adds up what the ledger's {@code GrantMovements} finds, over many accounts at a
 *       time;
 *   <li>{@code pricing.RateRepository} reads the card together with its revision, on threads without a session;
 *   <li>{@code ledger.ExpiryJob} walks the indexes of what has expired in the ledger's own connections;
 *   <li>{@code ledger.erasure.PostingTextEraser}, {@code account.AccountEraser}, {@code run.record.RunMetadataEraser} and
 *       {@code budget.BudgetEmailEraser}, {@code alert.mail.MailEraser}, {@code operator.record.ReasonEraser} and
 *       {@code portal.session.SessionEraser} take texts away, part by part in transactions
 *       of the erasure's, and {@code ledger.erasure.ErasingAccounts} finds where any are left;
 *   <li>{@code ledger.AccountOpening} gives an account its balance row in the transaction that makes the account;
 *   <li>{@code event.delivery.Dispatch}, {@code event.delivery.DeliveryQueue}, {@code event.delivery.AttemptLog} and
 *       {@code event.delivery.Redelivery} claim rows that others have not, and note what became of them, on threads
 *       without a session; {@code event.delivery.EventRetention} and {@code event.delivery.WebhookEraser} take away part by
 *       part; {@code event.delivery.DeliveryRepository} and {@code event.delivery.Backlog} read and count up to a
 *       bound;
 *   <li>{@code payment.inbox.Inbox} records what a provider announces once, {@code payment.inbox.InboxQueue} claims what
 *       others have not, on threads without a session, and {@code payment.inbox.EventRetry} has it claimed again;
 *       {@code payment.inbox.InboxRetention} takes away part by part, and {@code payment.inbox.InboxMetrics} counts up to
 *       a bound;
 *   <li>{@code portal.session.SessionRetention} takes away part by part, too, what nobody has open any more;
 *   <li>{@code recharge.charging.RechargeQueue} and {@code recharge.RechargeMetrics} likewise, of recharges;
 *   <li>{@code operator.record.ActionRepository} records what operators do in transactions of its own;
 *   <li>{@code embedded.Backup} speaks PostgreSQL's protocol for base backups, in a process that is no service;
 *   <li>{@code sql.ClockOffset} asks the database for its time; {@code sql.Channel} notifies other processes of what they may
 *       find out at once, and listens to them.
 * </ul>
 *
 * <p>There are four pools of connections, so that nobody waits for those who do something else: ordinary requests have
 * one, the ledger's transactions and questions another, what reads much a third, with more time for each statement, and
 * what leaves the service after a commit the fourth.
 *
 * <p>{@link ai.mavster.credits.Main} starts the embedded database before everything else and stops it last.
 */
@NullMarked
package ai.mavster.credits;

import org.jspecify.annotations.NullMarked;
