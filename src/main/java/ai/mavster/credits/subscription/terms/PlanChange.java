package ai.mavster.credits.subscription.terms;

/** What a change of plan grants at once. */
public enum PlanChange {
    /** Nothing: the first credits by the new plan come with the next renewal. */
    NEXT_RENEWAL,
    /**
     * What the new allotment exceeds the largest by that the month was granted for, up to the new cap. However often
     * the plan changes, a month comes to the largest allotment at most.
     */
    IMMEDIATE_DIFFERENCE
}
