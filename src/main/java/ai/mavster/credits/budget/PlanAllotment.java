package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.window.Window;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * What the plan of an account grants for the period of now, of which it may have used some percents. Pure.
 *
 * @param limit what the period was granted for, at most; a plan that was changed for one with a larger allotment counts
 *     once that has granted more
 */
record PlanAllotment(Window period, Credits limit) {

    /** Null: there is no period now. */
    static @Nullable PlanAllotment of(AccountView account) {
        SubscriptionView view = SubscriptionView.of(account);
        Window period = Window.ofPeriod(account.asOf(), view);
        if (view == null || period == null) {
            return null;
        }
        Subscription.Granted granted = view.subscription().granted();
        return new PlanAllotment(
                period,
                granted != null && period.start().isBefore(granted.until())
                        ? granted.allotment()
                        : view.subscription().terms().allotment());
    }
}
