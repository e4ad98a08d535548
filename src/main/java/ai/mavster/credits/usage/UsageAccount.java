package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.recharge.AutoRecharge;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.Subscription;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of an account to report its usage.
 *
 * @param spendable what a debit could take now
 * @param zone whose days count
 */
public record UsageAccount(
        String accountId,
        Credits available,
        Credits spendable,
        @Nullable SubscriptionView subscription,
        AutoRecharge autoRecharge,
        ZoneId zone,
        Instant asOf) {

    public static UsageAccount of(AccountView account) {
        return new UsageAccount(
                account.accountId(),
                account.available(),
                account.spendable(Purpose.NONE),
                SubscriptionView.of(account),
                AutoRecharge.of(account),
                account.timeZone(),
                account.asOf());
    }

    /** What it is subscribed to; null: nothing. */
    public @Nullable Subscription terms() {
        return subscription == null ? null : subscription.subscription();
    }

    /**
     * The billing period now; null: there is none. One that has ended counts until its renewal, which comes a little
     * late at times; after a cancellation none comes. One that was granted ahead has not begun.
     */
    public @Nullable Period period() {
        if (subscription == null) {
            return null;
        }
        Period entered = subscription.subscription().period();
        if (asOf.isBefore(entered.start())) {
            return subscription.subscription().periodAt(asOf);
        }
        return subscription.status().isRunning() || asOf.isBefore(entered.end()) ? entered : null;
    }

    /**
     * What the period now was granted for, at most; null: there is none. A plan that was changed for one with a larger
     * allotment counts once that has granted more.
     */
    @Nullable
    Credits allotment() {
        Period period = period();
        if (subscription == null || period == null) {
            return null;
        }
        Subscription.Granted granted = subscription.subscription().granted();
        return granted != null && period.start().isBefore(granted.until())
                ? granted.allotment()
                : subscription.subscription().terms().allotment();
    }
}
