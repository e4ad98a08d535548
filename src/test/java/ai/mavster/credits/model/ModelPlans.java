package ai.mavster.credits.model;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.BillingInterval;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import java.math.BigDecimal;
import java.util.List;

/** The plans that accounts of the model subscribe to. */
final class ModelPlans {

    private ModelPlans() {}

    static final List<PlanTerms> ALL = List.of(
            new PlanTerms(
                    "basic", Credits.of(3000), new BigDecimal("1.5"), Rollover.CAPPED, null, BillingInterval.MONTH, 1),
            new PlanTerms(
                    "pro", Credits.of(20_000), new BigDecimal("1.5"), Rollover.CAPPED, null, BillingInterval.MONTH, 1),
            new PlanTerms(
                    "model-none",
                    Credits.of(100),
                    new BigDecimal("1.5"),
                    Rollover.NONE,
                    null,
                    BillingInterval.MONTH,
                    1),
            new PlanTerms(
                    "model-unlimited",
                    Credits.of(50),
                    new BigDecimal("1.5"),
                    Rollover.UNLIMITED,
                    null,
                    BillingInterval.MONTH,
                    1),
            new PlanTerms("model-uncapped", Credits.of(7), null, Rollover.CAPPED, null, BillingInterval.MONTH, 1),
            new PlanTerms(
                    "model-trial",
                    Credits.of(200),
                    new BigDecimal("1.5"),
                    Rollover.CAPPED,
                    Credits.of(20),
                    BillingInterval.MONTH,
                    1),
            new PlanTerms(
                    "model-yearly",
                    Credits.of(120),
                    new BigDecimal("1.5"),
                    Rollover.NONE,
                    Credits.of(1),
                    BillingInterval.YEAR,
                    1),
            new PlanTerms(
                    "model-small",
                    new Credits(3),
                    new BigDecimal("0.5"),
                    Rollover.CAPPED,
                    null,
                    BillingInterval.MONTH,
                    1));
}
