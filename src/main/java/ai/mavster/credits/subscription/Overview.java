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
 * @param spendable what a debit could take now: nothing unless the subscription allows it
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
     * @param withheld what it falls short of the allotment by
     * @param reason why that much; as the renewal will have it
     * @param useFirst what must be spent before for it to be whole; null: nothing can make it whole
     */
    public record NextGrant(
            Instant at,
            Credits amount,

            @Schema(enumeration = {"full", "partial", "skipped"})
            String outcome,

            @Schema(description = "What the cap keeps back; never made up.", examples = "500")
            Credits withheld,

            @Schema(
                    description =
                            "Why that much: already_granted where its period lies in time that has been granted before, and the reasons of a"
                                    + " renewal.",
                    enumeration = {
                        "within_cap",
                        "filled_up_to_cap",
                        "at_or_above_cap",
                        "no_cap",
                        "trial_granted_before",
                        "already_granted"
                    })
            String reason,

            @Schema(
                    description =
                            "What must be spent before then for it to be whole, 0 if it is; null: nothing can make it whole.",
                    examples = "500")
            @Nullable
            Credits useFirst) {

        static NextGrant alreadyGranted(Instant at) {
            return new NextGrant(
                    at, Credits.ZERO, MonthlyGrant.Result.SKIPPED.id(), Credits.ZERO, "already_granted", null);
        }

        static NextGrant of(Instant at, MonthlyGrant grant) {
            return new NextGrant(
                    at, grant.granted(), grant.result().id(), grant.withheld(), grant.reason(), grant.useFirst());
        }
    }

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
                subscription == null ? null : subscription.terms().cap(),
                subscription == null ? null : subscription.terms().allotment(),
                subscription == null ? null : subscription.terms().plan().planId(),
                work.status(account.accountId(), now),
                subscription == null ? null : nextGrant(subscription, account, now),
                subscription == null
                        ? null
                        : SubscriptionResource.Answer.of(subscription, work.graceUntil(subscription, now), now),
                now);
    }

    private static @Nullable NextGrant nextGrant(Subscription subscription, AccountState account, Instant now) {
        Instant at = subscription.period().end();
        boolean ends = subscription.cancelAtPeriodEnd()
                && at.equals(subscription.billingPeriod().end());
        if (!subscription.statusAt(now).isRunning() || ends) {
            return null;
        }
        if (!subscription.isUngrantedFrom(at)) {
            return NextGrant.alreadyGranted(at);
        }
        Subscription then = subscription.enteringNext(now);
        Credits balanceThen = account.balance().minus(account.expiringBy(at));
        return NextGrant.of(
                at,
                MonthlyGrant.decide(
                        balanceThen, then.allotmentOfPeriod(), then.terms().cap()));
    }
}
