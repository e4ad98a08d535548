package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.window.WindowKind;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A budget as it was set.
 *
 * @param usageLimit null: none; zero: nothing that costs credits
 * @param window how long it lasts
 * @param billingEmail whom to write to about it; null: the account's
 */
public record Budget(
        BudgetKey key,
        @Nullable Credits usageLimit,
        Thresholds thresholds,
        WindowKind window,
        @Nullable String billingEmail,
        Instant createdAt,
        Instant updatedAt) {

    /** Whether nothing but the time of the change tells it from another. */
    boolean sameAs(Budget other) {
        return limitsAs(other) && window == other.window && Objects.equals(billingEmail, other.billingEmail);
    }

    /** Whether it refuses and tells the same. */
    boolean limitsAs(Budget other) {
        return Objects.equals(usageLimit, other.usageLimit) && thresholds.equals(other.thresholds);
    }
}
