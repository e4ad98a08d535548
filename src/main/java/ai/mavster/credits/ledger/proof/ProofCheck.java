package ai.mavster.credits.ledger.proof;

import java.sql.SQLException;

/**
 * What the proof of an account checks beside its entries: a feature's own rows. Implementations are beans; the proof
 * finds them all and knows none. The package's documentation shows how a feature joins.
 */
public interface ProofCheck {

    /**
     * Reads an account and says what does not agree. Rows are read one after another, or added up by the database: what
     * it keeps in memory must not grow with the account.
     */
    void check(Snapshot account) throws SQLException;
}
