package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A plan as decisions see it. */
record PlanTerms(String planId, Credits allotment, @Nullable BigDecimal capRatio, Rollover rollover) {

    @Nullable
    Credits cap() {
        return MonthlyGrant.cap(allotment, capRatio, rollover);
    }
}
