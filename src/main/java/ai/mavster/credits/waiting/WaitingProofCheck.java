package ai.mavster.credits.waiting;

import ai.mavster.credits.ledger.proof.ProofCheck;
import ai.mavster.credits.ledger.proof.Snapshot;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** What is waited for is as it was written. */
@Singleton
class WaitingProofCheck implements ProofCheck {

    @Override
    public void check(Snapshot account) throws SQLException {
        account.checksums("waiting", WaitingTable.table());
    }
}
