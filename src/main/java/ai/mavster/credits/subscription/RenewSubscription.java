package ai.mavster.credits.subscription;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.history.ChangeKind;
import ai.mavster.credits.subscription.history.SubscriptionChanged;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import ai.mavster.credits.subscription.terms.RenewalDecision;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Does what is due for one subscription: one period, or its end. Deciding it again does what is due next.
 *
 * @param dueBy what is due by then, but nothing ahead of its time; null: when it is decided. Of an account on a test
 *     clock months are granted ahead, too, but an end comes only once it is that time
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
        Instant by = by(account);
        if (before == null) {
            return Change.accepted(() -> new Done(SubscriptionDecision.Due.NOTHING, null, false, null, null));
        }
        SubscriptionView was = state.view(before, now);
        RenewalDecision decided = RenewalDecision.decide(before, account.balance(), by, now);
        Subscription after = decided.after();
        boolean more = SubscriptionDecision.due(after, by, now) != SubscriptionDecision.Due.NOTHING;
        return switch (decided.due()) {
            case NOTHING -> Change.accepted(() -> new Done(decided.due(), null, false, was, was));
            case END ->
                Change.accepted(() -> {
                    state.save(after, account);
                    keep(state, account, ChangeKind.ENDED, before, after);
                    return new Done(decided.due(), null, false, was, state.view(after, now));
                });
            case RENEWAL ->
                enter(state, account, decided).map(entered -> {
                    entered(state, account, before, entered);
                    return new Done(decided.due(), decided.grant(), more, was, state.view(entered, now));
                });
        };
    }

    /** With its monthly grant, if there is one to be made. */
    private Change<Subscription> enter(SubscriptionsInBatch state, AccountView account, RenewalDecision decided) {
        Subscription entered = decided.after();
        return decided.grant() == null
                ? Change.accepted(() -> {
                    state.save(entered, account);
                    return entered;
                })
                : state.grant(entered, decided.grant(), account, Cause.RENEWAL.author())
                        .map(grant -> state.current(accountId));
    }

    /** What a cap withholds from a month that is granted ahead is never made up: so only where nothing is at stake. */
    private Instant by(AccountView account) {
        Instant now = account.asOf();
        if (dueBy == null) {
            return now;
        }
        return dueBy.isAfter(now) == account.isOnTestClock() ? dueBy : now;
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
