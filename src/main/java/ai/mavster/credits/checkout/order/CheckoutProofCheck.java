package ai.mavster.credits.checkout.order;

import ai.mavster.credits.ledger.proof.ProofCheck;
import ai.mavster.credits.ledger.proof.Snapshot;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** Checkouts are as they were written, and paid if and only if their payments are. */
@Singleton
class CheckoutProofCheck implements ProofCheck {

    private static final String CHECK = "checkouts";

    private static final String OTHER_THAN_ITS_PAYMENT = """
            SELECT 'checkout_' || c.checkout_id || ' is not where its payment is'
            FROM checkout c JOIN payment p ON p.account_id = c.account_id AND p.payment_id = c.checkout_id
            WHERE c.account_id = ? AND (c.status = 'paid') <> (p.status = 'paid')""";

    @Override
    public void check(Snapshot account) throws SQLException {
        account.checksums(CHECK, CheckoutTable.table());
        account.none(CHECK, OTHER_THAN_ITS_PAYMENT);
    }
}
