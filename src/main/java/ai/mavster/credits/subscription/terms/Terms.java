package ai.mavster.credits.subscription.terms;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.PlanTerms;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription is to: a plan, maybe with an allotment of its own.
 *
 * @param own instead of the plan's allotment; null: the plan's
 */
public record Terms(PlanTerms plan, @Nullable Credits own) {

    /** What a month grants at most. */
    public Credits allotment() {
        return own == null ? plan.allotment() : own;
    }

    /** What a grant fills up to; null: no cap. */
    public @Nullable Credits cap() {
        return MonthlyGrant.cap(allotment(), plan.capRatio(), plan.rollover());
    }

    Terms of(Map<String, PlanTerms> plans) {
        return new Terms(plans.getOrDefault(plan.planId(), plan), own);
    }

    public boolean sameAs(@Nullable Terms other) {
        return other != null
                && plan.planId().equals(other.plan.planId())
                && (own == null ? other.own == null : own.equals(other.own));
    }
}
