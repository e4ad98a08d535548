/**
 * What was consumed: added up by hour and day × action, project, workspace and test, and reported for any range.
 *
 * <ul>
 *   <li>The rollups are written in the debit's own transaction, so they never differ from the entries: debits add,
 *       reversals subtract in the hour in which they are posted, grants and expiries are no usage. What was replayed or
 *       refused counts for nothing.
 *   <li>Hours and days are those of UTC. A range is rounded outward to whole hours, and the answer states the one that
 *       was used.
 *   <li>A query reads rows of days, and of hours only where a day is cut: its time goes by the length of the range and
 *       what is in it, never by the length of the ledger.
 *   <li>What was used in a billing period, which starts at any instant, is exact all the same:
 *       {@code ledger.statement.SpentSince} gets it from the ledger as a difference of balances, at no cost to who
 *       writes.
 *   <li>Metrics are counted after the commit. Their labels are the rate card's actions at most, never anything of a
 *       caller's.
 * </ul>
 *
 * <p>Rollups are read with plain JDBC rather than as entities: what is asked for are sums, grouped as the caller likes.
 */
@NullMarked
package ai.mavster.credits.usage;

import org.jspecify.annotations.NullMarked;
