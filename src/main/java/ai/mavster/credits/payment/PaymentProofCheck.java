package ai.mavster.credits.payment;

import ai.mavster.credits.ledger.proof.Booked;
import ai.mavster.credits.ledger.proof.ProofCheck;
import ai.mavster.credits.ledger.proof.Snapshot;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** Payments are as they were applied; each that is paid is one top-up, of which so much was claimed as the payment says. */
@Singleton
class PaymentProofCheck implements ProofCheck {

    private static final String CHECK = "payments";

    private static final String OTHER_TOP_UP = """
            SELECT 'payment ' || p.payment_id || ' is not the top-up that it names'
            FROM payment p LEFT JOIN %s g ON g.grant_id = p.grant_id
            WHERE p.account_id = ? AND p.grant_id IS NOT NULL
              AND (g.credits, g.amount, g.currency) IS DISTINCT FROM (p.credits, p.amount, p.currency)""".formatted(Booked.TOP_UPS);

    private static final String OTHER_CLAIM = """
            SELECT 'payment ' || p.payment_id || ' has claimed something else'
            FROM payment p LEFT JOIN (SELECT payment_id, sum(claimed - reinstated) AS claimed FROM payment_grant
                                      WHERE account_id = ? GROUP BY payment_id) g ON g.payment_id = p.payment_id
            WHERE p.account_id = ? AND p.claimed <> coalesce(g.claimed, 0)""";

    private static final String NOT_POSTED = """
            SELECT 'of grant_' || g.grant_id || ' something else was claimed'
            FROM payment_grant g LEFT JOIN %s c ON c.grant_id = g.grant_id
            WHERE g.account_id = ? AND g.claimed - g.reinstated <> coalesce(c.claimed, 0)""".formatted(Booked.CLAIMS);

    @Override
    public void check(Snapshot account) throws SQLException {
        account.checksums(CHECK, PaymentTable.payments());
        account.checksums(CHECK, PaymentTable.surplus());
        account.none(CHECK, OTHER_TOP_UP);
        account.checksums(CHECK, PaymentTable.grants());
        account.none(CHECK, OTHER_CLAIM);
        account.none(CHECK, NOT_POSTED);
    }
}
