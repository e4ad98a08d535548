package ai.mavster.credits.subscription;

import ai.mavster.credits.Refusal;

/** Why subscriptions are not changed. */
final class SubscriptionRefusals {

    private SubscriptionRefusals() {}

    static Refusal noSuchPlan(String planId) {
        return Refusal.of(
                Refusal.Code.PLAN_NOT_FOUND, "There is no plan %s. GET /v1/plans lists them.".formatted(planId));
    }
}
