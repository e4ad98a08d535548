package ai.mavster.credits.recharge;

import ai.mavster.credits.Money;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.payment.PaymentsInBatch;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.recharge.announced.Announcements;
import ai.mavster.credits.recharge.terms.RechargeDecision;
import ai.mavster.credits.recharge.terms.RechargeDecision.Why;
import ai.mavster.credits.recharge.terms.RechargeSettings;
import ai.mavster.credits.recharge.terms.RechargeStatus;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.SubscriptionView;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a recharge where one is to be made. */
final class RechargeTrigger {

    private RechargeTrigger() {}

    /**
     * What an account's owner uses, and time. What is taken back from them is no reason to sell it to them again, and
     * what expires where a renewal is due that grants anew is not missed.
     */
    static boolean takes(Fact fact, AccountView account) {
        if (fact instanceof Fact.Held held) {
            return held.added().isPositive();
        }
        if (!(fact instanceof Fact.Posted posted)) {
            return false;
        }
        Posting posting = posted.posting();
        return !posting.credits().isZero()
                && (posting.kind() == PostingKind.DEBIT
                        || (posting.kind() == PostingKind.EXPIRY && !isRenewing(account)));
    }

    private static boolean isRenewing(AccountView account) {
        SubscriptionView subscription = SubscriptionView.of(account);
        NextGrant next = subscription == null ? null : subscription.nextGrant(account);
        return next != null
                && !next.at().isAfter(account.asOf())
                && next.amount().isPositive();
    }

    /** Makes a recharge, if one is to be made. */
    static void consider(RechargesInBatch state, AccountView account) {
        RechargeSettings before = state.settings(account.accountId());
        RechargeDecision decision = RechargeDecision.of(before, situation(state, account));
        if (decision.why() == null) {
            begin(state, before, decision, account);
        } else if (decision.why() == Why.ABOVE_LIMIT
                && !before.counted().in(periodStart(account)).limitReported()) {
            state.save(before.limitReported(periodStart(account)));
            account.publish(Announcements.limitReached(before, Objects.requireNonNull(decision.credits())));
        }
    }

    private static RechargeDecision.Situation situation(RechargesInBatch state, AccountView account) {
        return new RechargeDecision.Situation(
                account.available(),
                account.owed(),
                SubscriptionView.of(account) == null ? null : periodStart(account),
                state.now(),
                state.provider() != null,
                () -> code(account.barrier()),
                credits -> state.price(account.accountId()).of(credits));
    }

    private static Refusal.@Nullable Code code(@Nullable Refusal refusal) {
        return refusal == null ? null : refusal.code();
    }

    /** Of an account that has a subscription. */
    static Instant periodStart(AccountView account) {
        return Objects.requireNonNull(SubscriptionView.of(account))
                .subscription()
                .periodAt(account.asOf())
                .start();
    }

    private static void begin(
            RechargesInBatch state, RechargeSettings before, RechargeDecision decision, AccountView account) {
        UUID id = account.nextId();
        Instant period = periodStart(account);
        Recharge recharge = new Recharge(
                account.accountId(),
                id,
                RechargeStatus.CREATED,
                Objects.requireNonNull(decision.credits()),
                before.terms().paymentMethod(),
                period,
                account.asOf(),
                null,
                null);
        Money price = Objects.requireNonNull(decision.price());
        account.inBatch(PaymentsInBatch.class)
                .order(
                        new Purchase(account.accountId(), Purchase.Kind.RECHARGE, id),
                        recharge.credits(),
                        price,
                        Objects.requireNonNull(state.provider()),
                        state.now());
        state.begin(recharge, before.begun(id, recharge.credits(), period));
    }
}
