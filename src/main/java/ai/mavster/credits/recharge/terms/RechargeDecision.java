package ai.mavster.credits.recharge.terms;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.Refusal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a recharge is made now, and of how much. Pure.
 *
 * @param why what stands against it first; null: nothing, and it is made
 * @param credits how many it would add, where that is known
 * @param price what these cost; null unless it is made
 */
public record RechargeDecision(
        @Nullable Why why,
        @Nullable Credits credits,
        @Nullable Money price) {

    /** What stands against a recharge, in the order in which it is named. */
    public enum Why {
        SWITCHED_OFF,
        NOT_BELOW_THRESHOLD,
        IN_FLIGHT,
        PAUSED,
        /** There is no subscription. */
        NO_PERIOD,
        /** The account is closed. */
        CLOSED,
        /** The subscription lets nothing be spent. */
        INACTIVE,
        /** A budget of the whole account does not. */
        BUDGET,
        /** It does not fit within the limit of the period. */
        ABOVE_LIMIT,
        NO_PROVIDER,
        /** Less than the currency's smallest coin, or more than an amount of money can be. */
        NO_PRICE
    }

    /**
     * An account as it is.
     *
     * @param owed settled from whatever comes in
     * @param periodStart of the subscription's month, by the account's time; null: it has no subscription
     * @param now the real time
     * @param provider whether there is one to pay by
     * @param barrier what would keep credits from being spent, however many there were. Asked only where all else lets
     *     a recharge be made
     * @param price of so many credits; empty: they have none. Asked last
     */
    public record Situation(
            Credits available,
            Credits owed,
            @Nullable Instant periodStart,
            Instant now,
            boolean provider,
            Supplier<Refusal.@Nullable Code> barrier,
            Function<Credits, Optional<Money>> price) {}

    /** Decides. */
    public static RechargeDecision of(RechargeSettings settings, Situation account) {
        RechargeTerms terms = settings.terms();
        if (!settings.enabled() || !terms.isComplete()) {
            return not(Why.SWITCHED_OFF, null);
        }
        if (!account.available.isLessThan(Objects.requireNonNull(terms.threshold()))) {
            return not(Why.NOT_BELOW_THRESHOLD, null);
        }
        if (settings.inFlight() != null) {
            return not(Why.IN_FLIGHT, null);
        }
        Instant notBefore = settings.pause().notBefore();
        if (notBefore != null && account.now.isBefore(notBefore)) {
            return not(Why.PAUSED, null);
        }
        if (account.periodStart == null) {
            return not(Why.NO_PERIOD, null);
        }
        Credits credits = terms.size(account.available, account.owed);
        RechargeSettings.Counted counted = settings.counted().in(account.periodStart);
        boolean fits = !Objects.requireNonNull(terms.limitPerPeriod())
                .minus(counted.credits())
                .isLessThan(credits);
        if (!fits && counted.limitReported()) {
            return not(Why.ABOVE_LIMIT, credits);
        }
        return against(account.barrier.get())
                .map(why -> not(why, credits))
                .orElseGet(() -> fits ? priced(credits, account) : not(Why.ABOVE_LIMIT, credits));
    }

    private static RechargeDecision priced(Credits credits, Situation account) {
        if (!account.provider) {
            return not(Why.NO_PROVIDER, credits);
        }
        return account.price
                .apply(credits)
                .map(price -> new RechargeDecision(null, credits, price))
                .orElse(not(Why.NO_PRICE, credits));
    }

    /** Too few credits are what a recharge is for. */
    private static Optional<Why> against(Refusal.@Nullable Code barrier) {
        if (barrier == null) {
            return Optional.empty();
        }
        return switch (barrier) {
            case INSUFFICIENT_CREDITS -> Optional.empty();
            case ACCOUNT_CLOSED -> Optional.of(Why.CLOSED);
            case BUDGET_EXCEEDED -> Optional.of(Why.BUDGET);
            default -> Optional.of(Why.INACTIVE);
        };
    }

    private static RechargeDecision not(Why why, @Nullable Credits credits) {
        return new RechargeDecision(why, credits, null);
    }
}
