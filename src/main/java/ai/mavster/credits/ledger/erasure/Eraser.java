package ai.mavster.credits.ledger.erasure;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Erases what a feature keeps of an account's texts. Implementations are beans; the erasure finds them all and knows
 * none. The package's documentation shows how a feature joins.
 */
public interface Eraser {

    /** Of so many rows at most does one part erase the texts. */
    int MOST = 500;

    /** From the beginning, whatever an earlier one has erased already. */
    Part begin(String accountId);

    /** One pass over a feature's rows of an account. */
    interface Part {

        /**
         * Erases the next of them, within the caller's transaction.
         *
         * @return whether there may be more
         */
        boolean erase(Connection connection) throws SQLException;
    }
}
