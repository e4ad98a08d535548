package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why subscriptions are not changed, why they let nothing be spent, and what helps. */
final class SubscriptionRefusals {

    private static final String SUBSCRIPTION = "/billing/subscription";

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

    /**
     * Nothing may be spent.
     *
     * @param status null: there is no subscription
     */
    static Refusal required(Credits credits, @Nullable SubscriptionStatus status, AccountView account) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("account_id", account.accountId());
        members.put("required", credits);
        members.put("subscription_status", status == null ? null : status.id());
        String kept = account.balance().isPositive()
                ? " The balance of %s is kept.".formatted(account.balance().inWords())
                : "";
        return new Refusal(Refusal.Code.SUBSCRIPTION_REQUIRED, cause(status) + kept, members, wayOut(status));
    }

    private static String cause(@Nullable SubscriptionStatus status) {
        if (status == null) {
            return "There is no subscription, and credits are spent only under one.";
        }
        return switch (status) {
            case PAST_DUE -> "The subscription is past due; credits can be spent again once its payment is settled.";
            case PAUSED -> "The subscription is paused; credits can be spent again once it is resumed.";
            case CANCELED -> "The subscription is canceled; credits can be spent again once there is a new one.";
            case ACTIVE, TRIALING ->
                "The subscription is %s, under which no credits can be spent.".formatted(status.id());
        };
    }

    private static Refusal.WayOut wayOut(@Nullable SubscriptionStatus status) {
        return switch (status == null ? SubscriptionStatus.CANCELED : status) {
            case PAST_DUE -> toSubscribe("Settle the payment to go on.", "Settle the payment", "/billing/payment");
            case PAUSED -> toSubscribe("Resume it to go on.", "Resume the subscription", SUBSCRIPTION);
            case CANCELED, ACTIVE, TRIALING -> toSubscribe("Pick a plan to go on.", "Pick a plan", "/billing/plans");
        };
    }

    private static Refusal.WayOut toSubscribe(String advice, String label, String path) {
        return new Refusal.WayOut(advice, label, path, "subscription");
    }

    /**
     * What helps where credits cannot be bought.
     *
     * @param next null: none is coming
     * @param zone whose days count
     */
    static Refusal.WayOut renewal(@Nullable NextGrant next, ZoneId zone) {
        String advice = next == null || next.amount().isZero()
                ? "More are granted by a renewal only."
                : "The renewal on %s grants %s."
                        .formatted(
                                next.at().atZone(zone).toLocalDate(),
                                next.amount().inWords());
        return new Refusal.WayOut(advice, "See the next renewal", SUBSCRIPTION, "renewal");
    }
}
