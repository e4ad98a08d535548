/**
 * What the ledger has written of accounts last: for those who only want to know whether an account has changed. It
 * decides nothing, and is not an account as of now: what time has ended since is in it.
 */
@NullMarked
package ai.mavster.credits.ledger.written;

import org.jspecify.annotations.NullMarked;
