package ai.mavster.credits.subscription;

import ai.mavster.credits.ledger.proof.Booked;
import ai.mavster.credits.ledger.proof.ProofCheck;
import ai.mavster.credits.ledger.proof.Snapshot;
import ai.mavster.credits.subscription.history.SubscriptionChangeTable;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** The subscription and its history are as they were written, and each monthly grant is of one decision. */
@Singleton
class SubscriptionProofCheck implements ProofCheck {

    private static final String GRANT_OF_ANOTHER_DECISION = """
            SELECT 'grant_' || grant_id || ' is not what was decided'
            FROM (SELECT grant_id, credits, created_at AS at FROM %s granted
                  UNION ALL SELECT grant_id, -granted, decided_at FROM renewal WHERE account_id = ? AND grant_id IS NOT NULL
                  UNION ALL SELECT grant_id, -granted, changed_at FROM subscription_change
                            WHERE account_id = ? AND grant_id IS NOT NULL) decided
            GROUP BY grant_id HAVING sum(credits) <> 0 OR count(*) <> 2 OR min(at) <> max(at)
            ORDER BY grant_id""".formatted(Booked.MONTHLY_GRANTS);

    @Override
    public void check(Snapshot account) throws SQLException {
        account.checksums("subscription", SubscriptionTable.subscriptions());
        account.checksums("renewals", SubscriptionTable.decisions());
        account.checksums("changes", SubscriptionChangeTable.table());
        account.none("monthly_grants", GRANT_OF_ANOTHER_DECISION);
    }
}
