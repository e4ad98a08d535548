package ai.mavster.credits.subscription;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.history.ChangeKind;
import ai.mavster.credits.subscription.history.SubscriptionChanged;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Does what is due for one subscription: one period, or its end. Deciding it again does what is due next.
 *
 * @param dueBy what is due by then, but an end only once it is that time; null, or of an account on a test clock: when
 *     it is decided
 */
public record RenewSubscription(String accountId, @Nullable Instant dueBy)
        implements SubscriptionCommand<RenewSubscription.Done> {

    /**
     * What it came to.
     *
     * @param grant null where nothing was due, the subscription ended, or the period was granted already
     * @param more a later period is due too
     * @param before what it was; null: there is none
     * @param after what it is
     */
    public record Done(
            SubscriptionDecision.Due due,
            @Nullable MonthlyGrant grant,
            boolean more,
            @Nullable SubscriptionView before,
            @Nullable SubscriptionView after) {}

    /** What is due when it is decided. */
    static RenewSubscription now(String accountId) {
        return new RenewSubscription(accountId, null);
    }

    @Override
    public Class<Done> answerType() {
        return Done.class;
    }

    @Override
    public Change<Done> decide(SubscriptionsInBatch state, AccountView account) {
        Instant now = account.asOf();
        Subscription before = state.subscription(accountId);
        Instant by = dueBy == null || account.isOnTestClock() ? now : dueBy;
        SubscriptionDecision.Due due = SubscriptionDecision.due(before, by, now);
        if (before == null || due == SubscriptionDecision.Due.NOTHING) {
            return Change.accepted(() -> new Done(due, null, false, state.view(account), state.view(account)));
        }
        SubscriptionView was = state.view(before, now);
        if (due == SubscriptionDecision.Due.END) {
            return Change.accepted(() -> {
                Subscription ended = before.ended(now);
                state.save(ended, account);
                keep(state, account, ChangeKind.ENDED, before, ended);
                return new Done(due, null, false, was, state.view(ended, now));
            });
        }
        Subscription entered = before.enteringNext(now);
        boolean more = SubscriptionDecision.due(entered, by, now) != SubscriptionDecision.Due.NOTHING;
        if (!entered.isUngranted()) {
            return Change.accepted(() -> {
                state.save(entered, account);
                entered(state, account, before, entered);
                return new Done(due, null, more, was, state.view(entered, now));
            });
        }
        return state.grant(entered, account, Cause.RENEWAL.author()).map(grant -> {
            entered(state, account, before, state.current(accountId));
            return new Done(due, grant, more, was, state.view(account));
        });
    }

    private static void entered(
            SubscriptionsInBatch state, AccountView account, Subscription before, Subscription after) {
        if (!before.terms().sameAs(after.terms())) {
            keep(state, account, ChangeKind.PLAN_ENTERED, before, after);
        }
    }

    private static void keep(
            SubscriptionsInBatch state, AccountView account, ChangeKind kind, Subscription before, Subscription after) {
        state.keep(SubscriptionChanged.of(account, kind, Cause.RENEWAL, before, after), account);
    }
}
