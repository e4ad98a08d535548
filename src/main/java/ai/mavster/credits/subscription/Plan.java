package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A plan: what a subscription to it grants each month. */
@Entity
class Plan {

    @Id
    String planId = "";

    String name = "";

    /** In millionths. */
    long monthlyCredits;

    @Nullable
    BigDecimal capRatio;

    String rollover = "";

    @Nullable
    Long trialCredits;

    String billingInterval = "";

    PlanTerms terms() {
        return new PlanTerms(
                planId,
                new Credits(monthlyCredits),
                capRatio,
                Rollover.of(rollover),
                trialCredits == null ? null : new Credits(trialCredits),
                BillingInterval.of(billingInterval));
    }
}
