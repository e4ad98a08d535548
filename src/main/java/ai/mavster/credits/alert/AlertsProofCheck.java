package ai.mavster.credits.alert;

import ai.mavster.credits.ledger.proof.ProofCheck;
import ai.mavster.credits.ledger.proof.Snapshot;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** An account's alert settings are as they were written. */
@Singleton
class AlertsProofCheck implements ProofCheck {

    @Override
    public void check(Snapshot account) throws SQLException {
        account.checksums("alert_settings", AlertTable.settings());
    }
}
