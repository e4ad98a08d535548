package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.EnumId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a reconciliation is. */
@Schema(name = "ReconciliationStatus")
enum ReconciliationStatus {
    RUNNING,
    SUCCEEDED,
    FAILED;

    /** As in the database and in JSON. */
    String id() {
        return EnumId.of(this);
    }
}
