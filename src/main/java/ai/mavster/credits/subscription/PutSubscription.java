package ai.mavster.credits.subscription;

import ai.mavster.credits.http.conditional.IfMatch;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.history.ChangeKind;
import ai.mavster.credits.subscription.terms.ChangeDecision;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes the subscription what is requested; where it enters a period without a monthly grant, that grant is made with
 * it. Renewals that are due by then come first: it does nothing until they are done.
 *
 * @param late do it nevertheless
 * @param ifMatch only if the subscription is of that version; null: of whatever version
 */
public record PutSubscription(
        SubscriptionDecision.Request request,
        Cause cause,
        boolean late,
        @Nullable IfMatch ifMatch) implements SubscriptionCommand<PutSubscription.Done> {

    /**
     * What it came to.
     *
     * @param view null: nothing was done, as {@code missing} says
     * @param missing what it waits for; null: nothing
     */
    public record Done(
            @Nullable SubscriptionView view, @Nullable Missing missing) {

        private static Done waiting(Missing missing) {
            return new Done(null, missing);
        }
    }

    /** What has to be there before a subscription can be changed. */
    public enum Missing {
        /** Renewals are due. */
        RENEWALS,
        /** A new subscription is to a plan. */
        PLAN
    }

    @Override
    public String accountId() {
        return request.accountId();
    }

    @Override
    public @Nullable String planId() {
        return request.planId();
    }

    @Override
    public Class<Done> answerType() {
        return Done.class;
    }

    @Override
    public Change<Done> decide(SubscriptionsInBatch state, AccountView account) {
        Instant now = account.asOf();
        Subscription before = state.subscription(accountId());
        PlanTerms plan = request.planId() == null ? null : state.plan(request.planId());
        if (ifMatch != null && !ifMatch.matches(SubscriptionView.versionOf(state.view(account)))) {
            return Change.refused(SubscriptionRefusals.otherVersion());
        }
        if (request.planId() != null && plan == null) {
            return Change.refused(SubscriptionRefusals.noSuchPlan(request.planId()));
        }
        if (before == null && plan == null) {
            return Change.accepted(() -> Done.waiting(Missing.PLAN));
        }
        if (before != null && request.isStale(before, now)) {
            return Change.accepted(() -> new Done(state.view(before, now), null));
        }
        if (!late && SubscriptionDecision.due(before, now) != SubscriptionDecision.Due.NOTHING) {
            return Change.accepted(() -> Done.waiting(Missing.RENEWALS));
        }
        ChangeDecision decided =
                ChangeDecision.decide(before, request, plan, account.timeZone(), account.balance(), now);
        if (before != null && request.provider() != null && !decided.changes()) {
            return Change.accepted(() -> {
                state.save(before.drivenBy(request.provider()), account);
                return new Done(state.view(state.current(accountId()), now), null);
            });
        }
        return state.change(account, before == null ? ChangeKind.SUBSCRIBED : ChangeKind.CHANGED, cause, decided)
                .map(changed -> new Done(state.view(changed, now), null));
    }
}
