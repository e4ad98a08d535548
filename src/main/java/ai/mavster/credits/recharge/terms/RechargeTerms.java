package ai.mavster.credits.recharge.terms;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * How an account is to be recharged, as its owner has set it. What is null is not set.
 *
 * @param threshold a recharge is made below it
 * @param creditsToAdd how many a recharge adds
 * @param topUpTo or up to how many available ones it fills up; one of the two at most
 * @param limitPerPeriod how many recharges may add within a period
 * @param paymentMethod null: the provider's default
 */
public record RechargeTerms(
        @Nullable Credits threshold,
        @Nullable Credits creditsToAdd,
        @Nullable Credits topUpTo,
        @Nullable Credits limitPerPeriod,
        @Nullable String paymentMethod) {

    public static final RechargeTerms NONE = new RechargeTerms(null, null, null, null, null);

    /** The most that one recharge adds; null: neither size is set. */
    public @Nullable Credits most() {
        return creditsToAdd == null ? topUpTo : creditsToAdd;
    }

    /**
     * How many credits bring an account from what is available to where it is to be.
     *
     * @param owed settled from them before anything else
     */
    Credits size(Credits available, Credits owed) {
        if (creditsToAdd != null) {
            return creditsToAdd;
        }
        return topUpTo == null ? Credits.ZERO : topUpTo.minus(available).plus(owed);
    }

    /** Whether nothing is missing that a recharge needs. */
    boolean isComplete() {
        return threshold != null && limitPerPeriod != null && most() != null;
    }

    /**
     * Refuses what does not fit together.
     *
     * @param enabled then nothing may be missing
     * @throws InvalidInput on the field that is wrong
     */
    public void require(boolean enabled) {
        if (creditsToAdd != null && topUpTo != null) {
            throw new InvalidInput(
                    "top_up_to", "must be absent or null where credits_to_add is given: exactly one of them");
        }
        if (enabled) {
            requireSet("threshold", threshold);
            requireSet("credits_to_add", most());
            requireSet("limit_per_period", limitPerPeriod);
        }
        if (topUpTo != null && threshold != null && topUpTo.compareTo(threshold) <= 0) {
            throw new InvalidInput("top_up_to", "must be greater than the threshold, " + threshold);
        }
        Credits most = most();
        if (limitPerPeriod != null && most != null && limitPerPeriod.isLessThan(most)) {
            throw new InvalidInput("limit_per_period", "must be at least what one recharge may add, " + most.inWords());
        }
    }

    private static void requireSet(String field, @Nullable Credits amount) {
        if (amount == null) {
            throw new InvalidInput(
                    field,
                    field.equals("credits_to_add")
                            ? "must be given to enable auto-recharge, or else top_up_to"
                            : "must be given to enable auto-recharge");
        }
    }
}
