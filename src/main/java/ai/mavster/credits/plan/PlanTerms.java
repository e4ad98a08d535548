package ai.mavster.credits.plan;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A plan as decisions see it.
 *
 * @param capRatio a grant fills up to the allotment times this; null: no cap
 * @param trialCredits what a trial grants, once; null: as any month
 * @param version which of the plan's versions this is
 */
public record PlanTerms(
        String planId,
        Credits allotment,
        @Nullable BigDecimal capRatio,
        Rollover rollover,
        @Nullable Credits trialCredits,
        BillingInterval billing,
        int version) {}
