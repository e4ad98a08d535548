package ai.mavster.credits.subscription.terms;

/** When a change of plan takes effect. */
public enum PlanEffective {
    /** At once: the cap is the new plan's. */
    NOW,
    /** At the end of the billing period: until then the plan stays as it is. */
    RENEWAL
}
