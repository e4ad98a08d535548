package ai.mavster.credits.subscription.history;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.subscription.terms.Subscription;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription was changed.
 *
 * @param granted what the change granted at once beside the month
 * @param withheld what the cap kept back of that
 */
public record SubscriptionChanged(
        UUID changeId,
        ChangeKind kind,
        Cause cause,
        @Nullable Subscription before,
        Subscription after,
        Credits granted,
        Credits withheld,
        @Nullable UUID grantId)
        implements Fact {

    @Override
    public boolean mayFreeCredits() {
        return true;
    }

    /** One that granted nothing beside the month. */
    public static SubscriptionChanged of(
            AccountView account, ChangeKind kind, Cause cause, @Nullable Subscription before, Subscription after) {
        return new SubscriptionChanged(account.nextId(), kind, cause, before, after, Credits.ZERO, Credits.ZERO, null);
    }

    /** One that came from another system, with what is left of the month that was granted there. */
    public static SubscriptionChanged imported(
            AccountView account, Cause cause, Subscription after, @Nullable Credits left, @Nullable UUID grantId) {
        return new SubscriptionChanged(
                account.nextId(),
                ChangeKind.IMPORTED,
                cause,
                null,
                after,
                left == null ? Credits.ZERO : left,
                Credits.ZERO,
                grantId);
    }
}
