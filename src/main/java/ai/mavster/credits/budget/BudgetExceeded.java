package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.event.EventType;
import java.time.Instant;
import java.util.Objects;

/**
 * A budget has refused something for the first time in a window, since its limit was set.
 *
 * @param scopeId the account's id where it is of the account
 * @param held what open holds reserve of it
 * @param remaining what it has left, not below zero
 * @param resetsAt when it is whole again
 */
record BudgetExceeded(
        LimitScope scope,
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
