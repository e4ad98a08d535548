/**
 * Mavster Credits: a credit ledger for products that sell usage by credits. One authority answers, for a test-runner that is about to
 * spend, whether the run may go on; and never gets it wrong, under any number of runners, after a crash, or when a client retries.
 *
 * <p>The tour, one sentence a package:
 *
 * <ul>
 *   <li>{@code ledger}: the only code that moves credits. {@code ledger.statement} reads what it has written.
 *   <li>{@code account}: who owns credits, and what they have.
 *   <li>{@code subscription}: plans, periods, the monthly grant up to the cap, and renewals.
 *   <li>{@code imports}: accounts that come over from another system.
 *   <li>{@code pricing}: the rate card, and estimates by it.
 *   <li>{@code run}: what a test-runner asks before a run, and what it spends while the run goes on.
 *   <li>{@code usage}: what was consumed, by hour and day and what it was for.
 *   <li>{@code access}: API keys and their scopes.
 *   <li>{@code http}: problems, strict JSON, idempotency keys, paging, and what the contract says of every endpoint.
 *   <li>{@code database}: the PostgreSQL that the service brings along.
 * </ul>
 *
 * <p>Calls go one way. This package's own types may be used by all. {@code http} uses nothing else; {@code ledger} and {@code pricing} use
 * {@code http}; features use {@code ledger} and {@code http}, {@code account} and {@code usage} also {@code subscription}, {@code run} and
 * {@code usage} also {@code pricing}, {@code imports} also {@code account} and {@code subscription}. A feature that has a say in spending takes part in the ledger's transactions as a
 * {@code Participant}; the ledger knows none of them. {@link ai.mavster.credits.Main} starts the {@code database} before everything else
 * and stops it last.
 */
@NullMarked
package ai.mavster.credits;

import org.jspecify.annotations.NullMarked;
