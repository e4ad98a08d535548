/**
 * How the ledger's transactions speak to the database: statements made of one declaration of a table, sent together and
 * answered together.
 *
 * <ul>
 *   <li>A table's key and columns are declared once ({@link ai.mavster.credits.sql.Table}); its inserts, upserts,
 *       updates and select lists are made of that declaration. No column list stands twice, and no SQL is rewritten.
 *   <li>Rows are found by whole keys, one after another ({@link ai.mavster.credits.sql.Lookup}), whatever the planner
 *       thinks of a table that is still small.
 *   <li>A {@link ai.mavster.credits.sql.RoundTrip} waits for the network once, however many tables it touches.
 *   <li>Of one or two rows a statement is sent over {@code VALUES}, which costs PostgreSQL half of {@code unnest}; of
 *       more over arrays, so that its text is the same for any number. A transaction that is known to cover one account
 *       ({@link ai.mavster.credits.sql.RoundTrip#ofOneAccount}) names it as a parameter in every statement and sends
 *       all rows over {@code VALUES}: a database that is distributed by account then asks one node only.
 *   <li>The database has a clock of its own: how far ours is from it is measured
 *       ({@link ai.mavster.credits.sql.ClockOffset}), and nothing is decided by it.
 *   <li>Processes hurry each other up by a {@link ai.mavster.credits.sql.Channel}, never within a transaction that writes
 *       something; nothing depends on it.
 *   <li>Rows that nothing else can be checked against keep a checksum
 *       ({@link ai.mavster.credits.sql.Declaration#withChecksum}): every write of a table's declaration renews the
 *       checksum over its columns, so a new column is under it by being declared. A statement that changes such a row
 *       in another way leaves it wrong.
 *   <li>What an SQL error means is decided in one place, {@link ai.mavster.credits.sql.SqlFailure}.
 * </ul>
 *
 * <p>Ordinary reads and writes, outside of the ledger's transactions, are Panache's; the root package says where the
 * line is.
 */
@NullMarked
package ai.mavster.credits.sql;

import org.jspecify.annotations.NullMarked;
