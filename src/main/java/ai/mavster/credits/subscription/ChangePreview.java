package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.subscription.terms.ChangeDecision;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import ai.mavster.credits.subscription.terms.RenewalDecision;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a subscription would come to, by the decisions that the change itself gets: first what is due, then
 * the change.
 *
 * @param before the subscription once what is due is done; null: there is none
 * @param view the subscription after the change
 * @param changes whether the change changes anything
 * @param renewed what renewals that are due would grant before it
 * @param grant what the change would grant at once; null: nothing is to be decided
 * @param balance of the account after all of that
 * @param nextGrant the coming renewal then; null: none is coming
 */
public record ChangePreview(
        @Nullable Subscription before,
        SubscriptionView view,
        boolean changes,
        Credits renewed,
        @Nullable MonthlyGrant grant,
        Credits balance,
        @Nullable NextGrant nextGrant) {

    /** Credits that were granted in thought, and expire. */
    private record Expiring(Instant at, Credits credits) {}

    /** Where the account stands in thought. */
    private record Standing(@Nullable Subscription subscription, Credits balance, List<Expiring> expiring) {

        /** With one more grant of the period that a subscription is in; where that is over already, it has expired. */
        Standing with(Subscription after, @Nullable MonthlyGrant grant, Instant now) {
            boolean expires = after.terms().plan().rollover() == Rollover.NONE;
            Instant end = after.period().end();
            Credits granted = grant == null || (expires && !now.isBefore(end)) ? Credits.ZERO : grant.granted();
            List<Expiring> all = new ArrayList<>(expiring);
            if (expires) {
                all.add(new Expiring(end, granted));
            }
            return new Standing(after, balance.plus(granted), all);
        }

        /** Each at the end of the period it was granted for, which another anchor or zone may have moved since. */
        Credits expiringBy(Instant instant) {
            return expiring.stream()
                    .filter(one -> !one.at.isAfter(instant))
                    .map(Expiring::credits)
                    .reduce(Credits.ZERO, Credits::plus);
        }
    }

    /**
     * @param plan the one that is requested; null: none is
     */
    static ChangePreview of(AccountView account, SubscriptionDecision.Request request, @Nullable PlanTerms plan) {
        SubscriptionsInBatch state = account.inBatch(SubscriptionsInBatch.class);
        Instant now = account.asOf();
        Standing due = afterWhatIsDue(
                new Standing(state.subscription(account.accountId()), account.balance(), List.of()), now);
        ChangeDecision decided =
                ChangeDecision.decide(due.subscription, request, plan, account.timeZone(), due.balance, now);
        Standing after = due.with(decided.granted(now), decided.grant(), now);
        SubscriptionView view =
                state.view(decided.changes() ? decided.granted(now) : Objects.requireNonNull(due.subscription), now);
        Instant then = view.subscription().period().end();
        Credits expiring = account.expiringBy(then).plus(after.expiringBy(then));
        return new ChangePreview(
                due.subscription,
                view,
                decided.changes(),
                due.balance.minus(account.balance()),
                decided.grant(),
                after.balance,
                NextGrant.of(view, after.balance.minus(expiring)));
    }

    private static Standing afterWhatIsDue(Standing first, Instant now) {
        Standing standing = first;
        while (true) {
            Subscription subscription = standing.subscription;
            if (subscription == null
                    || SubscriptionDecision.due(subscription, now) == SubscriptionDecision.Due.NOTHING) {
                return standing;
            }
            RenewalDecision decided = RenewalDecision.decide(subscription, standing.balance, now, now);
            Subscription after =
                    decided.grant() == null ? decided.after() : decided.after().granted(now);
            standing = standing.with(after, decided.grant(), now);
        }
    }

    /** What grants fill up to then; null: no cap. */
    @Nullable
    public Credits cap() {
        return view.subscription().terms().cap();
    }
}
