/**
 * What was consumed: added up by quarter-hour and day × action, project, workspace and test, and reported for any
 * range.
 *
 * <ul>
 *   <li>The rollups are written in the debit's own transaction, so they never differ from the entries: debits add,
 *       reversals subtract in the quarter-hour in which they are posted, grants and expiries are no usage. What was
 *       replayed or refused counts for nothing.
 *   <li>Rollups are in UTC. The days and months of an answer are those of the account's time zone as it is now, or of
 *       the one that is asked for; a change of the zone leaves nothing to be counted anew, since every zone's offset is
 *       made of whole quarter-hours. The edges are Java's: the database gets instants, and knows no zone.
 *   <li>Every figure of a range is exact to the instant, but for outliers, which are counted by whole quarter-hours:
 *       where a range or a billing period starts or ends within one, postings are counted from where it starts
 *       ({@code ledger.statement.Spending}).
 *   <li>A query reads rows of days, and of quarter-hours only where a day is cut, as every day of another zone than
 *       UTC is: its time goes by the length of the range and what is in it, never by the length of the ledger.
 *   <li>Runs are not among the rollups, where each would be a row or two in every batch: they are grouped by looking
 *       at the postings of the range, of which there may be so many and no more.
 *   <li>What was used in a billing period is got from the ledger as a difference of balances
 *       ({@code ledger.statement.SpentSince}), at no cost to who writes.
 *   <li>What was used since any instant, of a workspace or a project too, a ledger transaction gets from the rollups
 *       ({@code UsedSince}): there a reversal counts where its debit did.
 *   <li>Refused debits are counted in memory, and written down by a job: a refusal writes nothing.
 *   <li>Metrics are counted after the commit. Their labels are the rate card's actions at most, never anything of a
 *       caller's.
 * </ul>
 *
 * <p>Rollups are read with plain JDBC rather than as entities: what is asked for are sums, grouped as the caller likes.
 */
@NullMarked
package ai.mavster.credits.usage;

import org.jspecify.annotations.NullMarked;
