package ai.mavster.credits.subscription.terms;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.plan.Rollover;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The rule of the monthly grant: {@code clamp(cap - balance, 0, allotment)}.
 *
 * @param granted what the account gets
 * @param withheld what it would have got with less credits; never made up
 * @param balance at the moment of the decision; top-ups and held credits count
 * @param cap null: no cap
 */
public record MonthlyGrant(
        Result result,
        Credits granted,
        Credits withheld,
        Credits balance,
        @Nullable Credits cap) {

    /** How much of the allotment was granted. */
    public enum Result {
        FULL,
        PARTIAL,
        SKIPPED;

        public String id() {
            return EnumId.of(this);
        }
    }

    /** Of the period that a subscription has entered. */
    public static MonthlyGrant of(Subscription entered, Credits balance) {
        return decide(balance, entered.allotmentOfPeriod(), entered.terms().cap());
    }

    /**
     * @param allotment what is granted at most; zero in the later months of a trial that has credits of its own
     */
    public static MonthlyGrant decide(Credits balance, Credits allotment, @Nullable Credits cap) {
        Credits granted = cap == null ? allotment : cap.minus(balance).clamp(Credits.ZERO, allotment);
        Credits withheld = allotment.minus(granted);
        Result result = granted.isZero() ? Result.SKIPPED : withheld.isZero() ? Result.FULL : Result.PARTIAL;
        return new MonthlyGrant(result, granted, withheld, balance, cap);
    }

    /**
     * What must be spent before it for it to be whole: zero if it is; null: with the cap below the allotment it cannot
     * be.
     */
    @Nullable
    public Credits useFirst() {
        if (withheld.isZero()) {
            return granted.isZero() ? null : Credits.ZERO;
        }
        Credits allotment = granted.plus(withheld);
        return cap == null || cap.isLessThan(allotment) ? null : balance.minus(cap.minus(allotment));
    }

    /** What an account may have at most for a grant to be made: the allotment times the plan's ratio. */
    static @Nullable Credits cap(Credits allotment, @Nullable BigDecimal ratio, Rollover rollover) {
        return ratio == null || rollover == Rollover.UNLIMITED ? null : allotment.times(ratio);
    }

    /** Why, in a word. */
    public String reason() {
        if (granted.isZero() && withheld.isZero()) {
            return "trial_granted_before";
        }
        if (cap == null) {
            return "no_cap";
        }
        return switch (result) {
            case FULL -> "within_cap";
            case PARTIAL -> "filled_up_to_cap";
            case SKIPPED -> "at_or_above_cap";
        };
    }
}
