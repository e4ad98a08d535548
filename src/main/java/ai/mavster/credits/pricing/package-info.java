/**
 * The rate card: what an action costs, from when on, and what a list of actions comes to.
 *
 * <ul>
 *   <li>A version of a rate is never changed or deleted. A new price is a new version with a later
 *       {@code effective_from}; withdrawing an action is a version without a price. So what was priced once can be
 *       explained forever.
 *   <li>A version is in force from its instant on, itself included, until the next one of its action. None is put into
 *       the past: what was debited there was priced already. One that is to start at once starts when it is committed,
 *       so a debit decided in that very moment may still go by the one before; callers who need the exact instant add
 *       it ahead of time.
 *   <li>A price times a quantity is rounded once, half up, at the end. A sum adds what each item would be debited.
 *   <li>The card has a revision, raised in the transaction of every change. A copy in memory is used only for the
 *       revision it has; code that decides in a transaction of its own reads the revision there and asks
 *       {@link ai.mavster.credits.pricing.Rates} for it. A copy is read in one statement on a connection of its own,
 *       outside of every transaction, so it never has what may yet be rolled back.
 *   <li>{@link ai.mavster.credits.pricing.RateCard}, {@link ai.mavster.credits.pricing.Rate} and
 *       {@link ai.mavster.credits.pricing.Quote} are pure: no clock, no database.
 * </ul>
 *
 * <p>Action ids are the callers' own. The shipped examples show two schemes: the endpoint ({@code POST:/personas}), and
 * what the work is, how it was resolved and how much of the screen was inspected ({@code tap:memory-hit:region}; see
 * the migration of that card).
 *
 * <p>The card is read and written with plain JDBC rather than through entities: a copy is needed on threads that know
 * neither sessions nor JTA transactions, and one statement makes card and revision those of one moment.
 */
@NullMarked
package ai.mavster.credits.pricing;

import org.jspecify.annotations.NullMarked;
