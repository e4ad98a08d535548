package ai.mavster.credits.ledger;

import ai.mavster.credits.ledger.proof.ProofCheck;
import ai.mavster.credits.ledger.proof.Snapshot;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** What of the ledger's rows no entry tells: the account's time, what holds are for and how long they last, and answers of features. */
@Singleton
class LedgerProofCheck implements ProofCheck {

    @Override
    public void check(Snapshot account) throws SQLException {
        account.sealed("balance", LedgerTables.balance());
        account.sealed("holds", HoldTable.table());
        account.sealed("keys", Idempotency.table(), "AND t.answer IS NOT NULL");
    }
}
