package ai.mavster.credits.budget.limit;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.Fact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A budget has refused something for the first time in a window, since its limit was set: what {@code BudgetExceeded}
 * announces, with whom to write to.
 *
 * @param scopeId the account's id where it is of the account
 * @param windowEnd when it is whole again
 * @param email the budget's own, to be written to; null: the account's
 */
public record LimitExceeded(
        LimitScope scope,
        String scopeId,
        Credits limit,
        Instant windowEnd,
        @Nullable String email) implements Fact {}
