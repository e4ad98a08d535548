package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.EnumId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What came of the comparison of one payment. */
@Schema(name = "ReconciledPaymentStatus")
enum ReconciledStatus {
    /** It is here as it is there. */
    MATCHED,
    /** Something was missing here, and was made up for by a reconciliation. */
    REPAIRED,
    /** A person has to see to it. */
    UNEXPLAINED;

    /** As in the database and in JSON. */
    String id() {
        return EnumId.of(this);
    }
}
