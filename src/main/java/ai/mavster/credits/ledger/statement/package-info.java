/**
 * What the ledger has written, for reading: postings, entries, grants, holds and the proof that an account adds up; and
 * what has moved the grants of all accounts, for reports. Changes nothing.
 */
@NullMarked
package ai.mavster.credits.ledger.statement;

import org.jspecify.annotations.NullMarked;
