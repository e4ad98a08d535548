package ai.mavster.credits.recharge;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.checkout.CreditPrice;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.recharge.terms.RechargeCost;
import ai.mavster.credits.recharge.terms.RechargeSettings;
import ai.mavster.credits.recharge.terms.RechargeTerms;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes how an account is recharged: from the next credits on that are taken. Repeating it is harmless.
 *
 * @param enabled null: as it was; the others likewise, and empty where they are to be cleared. One size takes the place
 *     of the other
 * @param paymentMethod one that the provider has
 */
record PutRechargeSettings(
        String accountId,
        @Nullable Boolean enabled,
        @Nullable Optional<Credits> threshold,
        @Nullable Optional<Credits> creditsToAdd,
        @Nullable Optional<Credits> topUpTo,
        @Nullable Optional<Credits> limitPerPeriod,
        @Nullable Optional<String> paymentMethod)
        implements RechargeCommand<PutRechargeSettings.Done> {

    /**
     * As it is then.
     *
     * @param cost the most it may cost; null: something is not set
     */
    record Done(AutoRecharge autoRecharge, @Nullable RechargeCost cost) {

        static Done of(AccountView account) {
            RechargesInBatch state = account.inBatch(RechargesInBatch.class);
            RechargeTerms terms = state.settings(account.accountId()).terms();
            CreditPrice price = terms.most() == null ? null : state.price(account.accountId());
            return new Done(
                    AutoRecharge.of(account),
                    price == null ? null : RechargeCost.of(terms, price.credits(), price.amount()));
        }
    }

    @Override
    public Class<Done> answerType() {
        return Done.class;
    }

    @Override
    public Change<Done> decide(RechargesInBatch state, AccountView account) {
        RechargeSettings before = state.settings(accountId);
        boolean nowEnabled = enabled == null ? before.enabled() : enabled;
        if (state.provider() == null && (nowEnabled || isGiven(paymentMethod))) {
            return Change.refused(Gateways.refusal());
        }
        RechargeTerms terms = terms(before.terms());
        terms.require(nowEnabled);
        requirePriced(terms, state.price(accountId));
        RechargeSettings after = before.set(nowEnabled, terms);
        return after.equals(before)
                ? Change.unchanged(Done.of(account))
                : Change.accepted(() -> {
                    state.save(after);
                    return Done.of(account);
                });
    }

    private RechargeTerms terms(RechargeTerms before) {
        return new RechargeTerms(
                or(threshold, before.threshold()),
                isGiven(topUpTo) ? or(creditsToAdd, null) : or(creditsToAdd, before.creditsToAdd()),
                isGiven(creditsToAdd) ? or(topUpTo, null) : or(topUpTo, before.topUpTo()),
                or(limitPerPeriod, before.limitPerPeriod()),
                or(paymentMethod, before.paymentMethod()));
    }

    private static boolean isGiven(@Nullable Optional<?> asked) {
        return asked != null && asked.isPresent();
    }

    private static <T> @Nullable T or(@Nullable Optional<T> asked, @Nullable T before) {
        return asked == null ? before : asked.orElse(null);
    }

    /** The least that a recharge may add has to be an amount of money, and so has the most. */
    static void requirePriced(RechargeTerms terms, CreditPrice price) {
        if (terms.creditsToAdd() != null) {
            requirePriced("credits_to_add", terms.creditsToAdd(), price);
        } else if (terms.topUpTo() != null && terms.threshold() != null) {
            requirePriced("top_up_to", terms.topUpTo().minus(terms.threshold()), price);
        }
        if (terms.limitPerPeriod() != null) {
            requirePriced("limit_per_period", terms.limitPerPeriod(), price);
        }
    }

    private static void requirePriced(String field, Credits credits, CreditPrice price) {
        if (price.of(credits).isEmpty()) {
            throw new InvalidInput(
                    field,
                    "leads to recharges of %s, which cost less than can be paid, or more, at %s %s for %s"
                            .formatted(
                                    credits.inWords(),
                                    price.amount().value().toPlainString(),
                                    price.amount().currency(),
                                    price.credits().inWords()));
        }
    }
}
