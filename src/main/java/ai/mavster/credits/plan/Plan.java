package ai.mavster.credits.plan;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A plan: what a subscription to it grants each month. */
@Entity
public class Plan {

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

    public PlanTerms terms() {
        return new PlanTerms(
                planId,
                new Credits(monthlyCredits),
                capRatio,
                EnumId.parse(Rollover.class, rollover),
                trialCredits == null ? null : new Credits(trialCredits),
                EnumId.parse(BillingInterval.class, billingInterval));
    }
}
