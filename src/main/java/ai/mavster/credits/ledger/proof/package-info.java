/**
 * The proof: an account recomputed from its entries, and everything that decisions read compared with them.
 *
 * <ul>
 *   <li>It reads one snapshot, streaming, or has the database add up: the memory it takes does not grow with the
 *       account, and it is right while others write.
 *   <li>What entries tell is recomputed: balance, grants, postings and their spans, holds, keys. What no entry tells is
 *       under a hash, or the row keeps a checksum ({@link ai.mavster.credits.sql.Declaration#withChecksum}). No column
 *       that a decision goes by is under neither: a test changes each one, and fails for a new one until it is seen, or
 *       listed in {@code src/docs/proof.md} with the reason.
 *   <li>A check that cannot be carried out throws, or fails where many accounts are proven; it never counts as passed.
 *   <li>Each failure names its check and what it found; of many the first are returned.
 *   <li>The walk through all accounts reads each as of a moment of its own, works a small part of the time, and keeps
 *       how each proof ended in {@code last_proof}, by which nothing is decided.
 * </ul>
 *
 * <h2>How a feature joins</h2>
 *
 * <p>With a bean that is a {@link ai.mavster.credits.ledger.proof.ProofCheck}; subscriptions, runs and usage have one.
 * Where its rows can be recomputed from what was posted, it has the database compare, in one query that finds what may
 * not be; where they cannot, its table is under the checksum of its declaration. Budgets, say, which keep what was
 * spent within a window:
 *
 * <pre>{@code
 * @Singleton
 * class BudgetProofCheck implements ProofCheck {
 *
 *     private static final String SPENT_SOMETHING_ELSE = """
 *             SELECT 'the budget of project ' || project_id || ' has spent something else'
 *             FROM (SELECT project_id, credits FROM %s spent WHERE kind = 'debit'
 *                   UNION ALL SELECT project_id, -spent FROM budget_window WHERE account_id = ?) compared
 *             GROUP BY project_id HAVING sum(credits) <> 0""".formatted(Booked.SPENDING);
 *
 *     public void check(Snapshot account) throws SQLException {
 *         account.checksums("budgets", BudgetTable.limits());             // Table.named("budget")….withChecksum()
 *         account.none("budgets", SPENT_SOMETHING_ELSE);               // every parameter is the account
 *     }
 * }
 * }</pre>
 *
 * <p>The ledger's tables it reads as {@link ai.mavster.credits.ledger.proof.Booked} has them. A row with a checksum
 * must be written by its {@link ai.mavster.credits.sql.Table} alone, in a state that has all of its columns.
 */
@NullMarked
package ai.mavster.credits.ledger.proof;

import org.jspecify.annotations.NullMarked;
