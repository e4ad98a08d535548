package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.limit.ThresholdsReached;
import ai.mavster.credits.budget.window.Window;
import ai.mavster.credits.ledger.AccountView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has been counted in one window of a budget, or of a plan's allotment.
 *
 * @param limit that it was counted against last; null: none
 * @param used what debits took that occurred in it, less what was given back of these
 * @param peak the most that was used at a time since limit and thresholds were set: those that it has reached have raised their alerts
 *     of
 * @param held what open holds reserve for its workspace or project; of the whole account the account knows it
 * @param exceededAt when the budget refused something in it first, since its limit was set; null: it has not
 * @param counting debits are counted in it, and in no other one of the same key
 */
public record BudgetWindow(
        BudgetKey key,
        Window window,
        @Nullable Credits limit,
        Credits used,
        Credits peak,
        Credits held,
        @Nullable Instant exceededAt,
        boolean counting) {

    /** One that has raised no alert yet. */
    static BudgetWindow opened(BudgetKey key, Window window, @Nullable Credits limit, Credits used, Credits held) {
        return new BudgetWindow(key, window, limit, used, Credits.ZERO, held, null, true);
    }

    /** This one again, which others took the place of meanwhile: its alerts stay raised. */
    BudgetWindow again(Window now, Credits countedAnew, Credits heldNow) {
        return new BudgetWindow(key, now, limit, countedAnew, peak, heldNow, exceededAt, true);
    }

    BudgetWindow spent(Credits credits) {
        Credits more = used.plus(credits);
        return new BudgetWindow(key, window, limit, more, peak.max(more), held, exceededAt, counting);
    }

    /** A debit of it was given back. Its alerts stay raised. */
    BudgetWindow givenBack(Credits credits) {
        return new BudgetWindow(key, window, limit, used.minus(credits), peak, held, exceededAt, counting);
    }

    /** More is held, or less, where that is negative. */
    BudgetWindow holding(Credits more) {
        return new BudgetWindow(key, window, limit, used, peak, held.plus(more), exceededAt, counting);
    }

    /** Against another limit, or with other thresholds: what is above that which is used is yet to raise its alert. */
    BudgetWindow limitedTo(@Nullable Credits newLimit) {
        return new BudgetWindow(key, window, newLimit, used, used, held, null, counting);
    }

    /** Who set the budget knows what is used. */
    BudgetWindow raised() {
        return new BudgetWindow(key, window, limit, used, peak.max(used), held, exceededAt, counting);
    }

    BudgetWindow exceeded(Instant at) {
        return new BudgetWindow(key, window, limit, used, peak, held, at, counting);
    }

    /** Another one has taken its place, or its budget is gone. */
    BudgetWindow over() {
        return new BudgetWindow(key, window, limit, used, peak, held, exceededAt, false);
    }

    /**
     * Publishes the thresholds that it has reached and that were not published before.
     *
     * @param budget null: of a plan
     */
    void publish(List<BigDecimal> reached, List<BigDecimal> published, @Nullable Budget budget, AccountView account) {
        List<BigDecimal> newly =
                reached.stream().filter(percent -> !published.contains(percent)).toList();
        if (!newly.isEmpty()) {
            account.publish(new ThresholdsReached(
                    key.scope(),
                    key.scopeId(),
                    newly,
                    Objects.requireNonNull(limit),
                    used,
                    window.start(),
                    window.end(),
                    budget == null ? null : budget.billingEmail()));
        }
    }
}
