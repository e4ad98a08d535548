package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A budget has refused something for the first time in a window, since its limit was set.
 *
 * @param scopeId the account's id where it is of the account
 * @param held what open holds reserve of it
 * @param remaining what it has left, not below zero
 * @param resetsAt when it is whole again
 */
@Schema(
        name = "BudgetExceeded",
        description = "A budget has refused something for the first time in its window, since its limit was set.",
        examples = """
        {"scope": "project", "scope_id": "checkout", "usage_limit": 1000, "used": 956.5, "held": 40, "remaining": 3.5,\
         "window_start": "2026-11-21T18:39:00Z", "resets_at": "2026-12-21T18:39:00Z"}""")
record BudgetExceeded(
        @Schema(enumeration = {"account", "workspace", "project"})
        LimitScope scope,

        @Schema(description = "The account's, the workspace's or the project's id.", examples = "checkout")
        String scopeId,

        Credits usageLimit,
        Credits used,
        Credits held,
        Credits remaining,
        Instant windowStart,
        Instant resetsAt)
        implements Announcement {

    static BudgetExceeded of(BudgetView view) {
        return new BudgetExceeded(
                view.budget().key().scope(),
                view.budget().key().scopeId(),
                Objects.requireNonNull(view.budget().usageLimit()),
                view.counted().used(),
                view.held(),
                Objects.requireNonNull(view.remaining()),
                view.counted().window().start(),
                view.counted().window().end());
    }

    @Override
    public EventType type() {
        return EventType.BUDGET_EXCEEDED;
    }
}
