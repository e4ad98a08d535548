package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountState;
import ai.mavster.credits.ledger.Books;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An account's credits and what its subscription makes of them, as of one instant.
 *
 * @param spendable what a debit could take now: nothing unless the subscription is active or trialing
 * @param blockedBy the code of the 402 that a debit would get, or null
 * @param cap what the next grant fills up to; null: no subscription, or no cap
 * @param nextGrant null: none is coming
 */
public record Overview(
        String accountId,
        Credits balance,
        Credits held,
        Credits available,
        Credits spendable,
        Refusal.@Nullable Code blockedBy,
        @Nullable Credits cap,
        @Nullable Credits allotment,
        @Nullable String plan,
        @Nullable SubscriptionStatus subscriptionStatus,
        @Nullable NextGrant nextGrant,
        SubscriptionResource.@Nullable Answer subscription,
        Instant asOf) {

    /**
     * The coming renewal, if the balance stays as it is.
     *
     * @param outcome full, partial or skipped; skipped also where its period lies in time that has been granted already
     */
    public record NextGrant(
            Instant at,
            Credits amount,

            @Schema(enumeration = {"full", "partial", "skipped"})
            String outcome) {}

    public static Overview of(Books books) {
        return overview(books.work(SubscriptionWork.class), books.account(), books.asOf());
    }

    private static Overview overview(SubscriptionWork work, AccountState account, Instant now) {
        Subscription subscription = work.subscription(account.accountId());
        boolean maySpend = work.maySpend(account.accountId(), now);
        Credits spendable = maySpend ? account.available() : Credits.ZERO;
        return new Overview(
                account.accountId(),
                account.balance(),
                account.held(),
                account.available(),
                spendable,
                !maySpend
                        ? Refusal.Code.SUBSCRIPTION_REQUIRED
                        : spendable.isZero() ? Refusal.Code.INSUFFICIENT_CREDITS : null,
                subscription == null ? null : subscription.plan().cap(),
                subscription == null ? null : subscription.plan().allotment(),
                subscription == null ? null : subscription.plan().planId(),
                work.status(account.accountId(), now),
                subscription == null ? null : nextGrant(subscription, account, now),
                subscription == null ? null : SubscriptionResource.Answer.of(subscription, now),
                now);
    }

    private static @Nullable NextGrant nextGrant(Subscription subscription, AccountState account, Instant now) {
        if (!subscription.statusAt(now).isRunning() || subscription.cancelAtPeriodEnd()) {
            return null;
        }
        Instant at = subscription.period().end();
        PlanTerms plan = subscription.plan();
        if (!subscription.isUngrantedFrom(at)) {
            return new NextGrant(at, Credits.ZERO, MonthlyGrant.Result.SKIPPED.id());
        }
        Credits balanceThen = account.balance().minus(account.expiringBy(at));
        MonthlyGrant grant = MonthlyGrant.decide(balanceThen, plan.allotment(), plan.cap());
        return new NextGrant(at, grant.granted(), grant.result().id());
    }
}
