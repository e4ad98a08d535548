package ai.mavster.credits.alert.announced;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.budget.limit.ThresholdsReached;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * So much of a budget is used.
 *
 * @param threshold in percent of its limit
 */
@Schema(
        name = "BudgetThresholdReached",
        description = "So much of a budget is used. Once for each window and threshold.",
        examples = """
        {"scope": "project", "scope_id": "checkout", "threshold": 90, "used": 451, "usage_limit": 500,\
         "window_start": "2026-11-21T18:39:00Z", "window_end": "2026-12-21T18:39:00Z"}""")
public record BudgetThresholdReached(
        LimitScope scope,
        @Schema(examples = "checkout") String scopeId,

        @Schema(description = "In percent of the budget's limit.", examples = "90")
        BigDecimal threshold,

        @Schema(examples = "451") Credits used,
        @Schema(examples = "500") Credits usageLimit,
        Instant windowStart,

        @Schema(description = "Belongs to the next window; null: it has no end yet.") @Nullable
        Instant windowEnd)
        implements Announcement {

    /** Of what was heard. */
    public static BudgetThresholdReached of(ThresholdsReached reached, BigDecimal threshold) {
        return new BudgetThresholdReached(
                reached.scope(),
                reached.scopeId(),
                threshold,
                reached.used(),
                reached.limit(),
                reached.windowStart(),
                reached.windowEnd());
    }

    @Override
    public EventType type() {
        return EventType.BUDGET_THRESHOLD_REACHED;
    }
}
