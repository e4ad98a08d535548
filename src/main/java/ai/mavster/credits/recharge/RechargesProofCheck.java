package ai.mavster.credits.recharge;

import ai.mavster.credits.ledger.proof.ProofCheck;
import ai.mavster.credits.ledger.proof.Snapshot;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** How an account is recharged, and its recharges, are as they were written, and as their payments are. */
@Singleton
class RechargesProofCheck implements ProofCheck {

    private static final String PAID_OTHERWISE = """
            SELECT 'recharge_id ' || r.recharge_id || ': ' || r.status || ', and its payment is ' || p.status
            FROM recharge r JOIN payment p ON p.account_id = r.account_id AND p.payment_id = r.recharge_id
            WHERE r.account_id = ?
              AND ((r.status = 'succeeded') <> (p.status = 'paid') OR (r.status = 'uncredited') <> (p.status = 'uncredited'))""";

    private static final String FLYING_OTHERWISE = """
            SELECT 'recharge_id ' || r.recharge_id || ': it is ' || r.status || ', and not what is in flight'
            FROM recharge r LEFT JOIN recharge_settings s ON s.account_id = r.account_id
            WHERE r.account_id = ? AND (r.ended_at IS NULL) <> (s.in_flight IS NOT DISTINCT FROM r.recharge_id)""";

    @Override
    public void check(Snapshot account) throws SQLException {
        account.checksums("recharge_settings", RechargeTable.settings());
        account.checksums("recharge", RechargeTable.recharges());
        account.none("recharge", PAID_OTHERWISE);
        account.none("recharge", FLYING_OTHERWISE);
    }
}
