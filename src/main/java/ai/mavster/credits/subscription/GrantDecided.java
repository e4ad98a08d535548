package ai.mavster.credits.subscription;

import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import ai.mavster.credits.subscription.terms.Subscription;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A period's monthly grant was decided, also where it came to nothing.
 *
 * @param subscription after it
 * @param grantId null: nothing was granted
 */
record GrantDecided(
        Subscription subscription,
        MonthlyGrant grant,
        @Nullable UUID grantId) implements Fact {}
