package ai.mavster.credits.subscription;

import ai.mavster.credits.Refusal;

/** Why subscriptions are not changed. */
final class SubscriptionRefusals {

    private SubscriptionRefusals() {}

    static Refusal none(String accountId) {
        return Refusal.of(
                Refusal.Code.SUBSCRIPTION_NOT_FOUND,
                "The account %s has no subscription. PUT one, with a plan of GET /v1/plans.".formatted(accountId));
    }

    static Refusal uncountable() {
        return Refusal.of(Refusal.Code.BALANCE_LIMIT_EXCEEDED, "The balance would become too large to be counted.");
    }

    static Refusal otherVersion() {
        return Refusal.of(
                Refusal.Code.PRECONDITION_FAILED,
                "The subscription is not, or no longer, the one that If-Match names. GET it again, and decide by what it is now.");
    }

    static Refusal noSuchPlan(String planId) {
        return Refusal.of(
                Refusal.Code.PLAN_NOT_FOUND, "There is no plan %s. GET /v1/plans lists them.".formatted(planId));
    }
}
