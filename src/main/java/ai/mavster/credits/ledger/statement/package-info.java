/**
 * What the ledger has written, for reading: entries, grants, holds and the proof that an account adds up. Changes
 * nothing.
 */
@NullMarked
package ai.mavster.credits.ledger.statement;

import org.jspecify.annotations.NullMarked;
