package ai.mavster.credits.plan;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.util.Objects;
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
    int version = 1;

    /** As people call it. */
    public String name() {
        return name;
    }

    public PlanTerms terms() {
        return new PlanTerms(
                planId,
                new Credits(monthlyCredits),
                capRatio,
                EnumId.parse(Rollover.class, rollover),
                trialCredits == null ? null : new Credits(trialCredits),
                EnumId.parse(BillingInterval.class, billingInterval),
                version);
    }

    /** Whether it is so already, whatever its version. */
    boolean is(String otherName, PlanTerms other) {
        PlanTerms terms = terms();
        return name.equals(otherName)
                && terms.allotment().equals(other.allotment())
                && sameNumber(terms.capRatio(), other.capRatio())
                && terms.rollover() == other.rollover()
                && Objects.equals(terms.trialCredits(), other.trialCredits())
                && terms.billing() == other.billing();
    }

    /** The database tells a number with all its decimals. */
    private static boolean sameNumber(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.compareTo(other) == 0;
    }

    void become(String newName, PlanTerms terms) {
        name = newName;
        monthlyCredits = terms.allotment().millionths();
        capRatio = terms.capRatio();
        rollover = terms.rollover().id();
        trialCredits =
                terms.trialCredits() == null ? null : terms.trialCredits().millionths();
        billingInterval = terms.billing().id();
        version = terms.version();
    }
}
