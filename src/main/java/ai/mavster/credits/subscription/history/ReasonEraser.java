package ai.mavster.credits.subscription.history;

import ai.mavster.credits.ledger.erasure.Eraser;
import ai.mavster.credits.sql.Redaction;
import jakarta.inject.Singleton;
import java.util.Collections;

/** The reasons of changes. Who made them stays. */
@Singleton
class ReasonEraser implements Eraser {

    private static final Redaction<SubscriptionChanged> REASONS =
            Redaction.of(SubscriptionChangeTable.table(), Collections.singletonMap("reason", null));

    @Override
    public Part begin(String accountId) {
        return REASONS.begin(accountId)::next;
    }
}
