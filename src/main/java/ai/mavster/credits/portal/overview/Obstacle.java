package ai.mavster.credits.portal.overview;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.portal.Sentence;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.quarkus.qute.TemplateData;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What keeps credits from being spent, or soon will, and the one thing that helps. Pure.
 *
 * @param tone how it is shown, as a style of notices: {@code bad}, {@code warn}, or nothing
 * @param button the key of what is on the button; null: nothing helps
 * @param path where the button leads
 */
@TemplateData
public record Obstacle(
        String tone,
        Sentence title,
        Sentence text,
        @Nullable String button,
        @Nullable String path) {

    private static final String BAD = "bad";
    private static final String WARN = "warn";
    private static final String PLANS = "/billing/plans";
    private static final String PAYMENT = "/billing/payment";

    /** The most pressing one; null: there is none. */
    static @Nullable Obstacle of(AccountSummary account) {
        Refusal blocked = account.blocked();
        return blocked == null ? ofSpendable(account) : ofBlocked(account, blocked);
    }

    private static Obstacle ofBlocked(AccountSummary account, Refusal blocked) {
        return switch (blocked.code()) {
            case ACCOUNT_CLOSED ->
                new Obstacle(
                        "",
                        Sentence.of("overview.closed.title"),
                        Sentence.of("overview.closed", account.closedAt()),
                        null,
                        null);
            case SUBSCRIPTION_REQUIRED -> ofSubscription(account, path(blocked));
            case INSUFFICIENT_CREDITS -> ofCredits(account, Objects.requireNonNull(blocked.wayOut()));
            case BUDGET_EXCEEDED -> ofBudget(blocked);
            default -> throw new IllegalStateException("Nothing to do with spending: " + blocked.code());
        };
    }

    private static Obstacle ofSubscription(AccountSummary account, String path) {
        SubscriptionView subscription = account.subscription();
        Credits kept = account.balance();
        if (subscription == null) {
            return new Obstacle(
                    BAD,
                    Sentence.of("overview.inactive.title"),
                    kept(kept, "overview.none.kept", "overview.none"),
                    "overview.button.plan",
                    path);
        }
        return switch (subscription.status()) {
            case PAST_DUE ->
                new Obstacle(
                        BAD,
                        Sentence.of("overview.past_due.title"),
                        kept(kept, "overview.past_due.kept", "overview.past_due"),
                        "overview.button.payment",
                        path);
            case PAUSED ->
                new Obstacle(
                        BAD,
                        Sentence.of("overview.paused.title"),
                        kept(kept, "overview.paused.kept", "overview.paused"),
                        "overview.button.resume",
                        path);
            case CANCELED ->
                new Obstacle(
                        BAD,
                        Sentence.of("overview.canceled.title"),
                        kept(kept, "overview.canceled.kept", "overview.canceled"),
                        "overview.button.plan",
                        path);
            case ACTIVE, TRIALING ->
                new Obstacle(
                        BAD,
                        Sentence.of("overview.inactive.title"),
                        kept(kept, "overview.inactive.kept", "overview.inactive"),
                        "overview.button.plan",
                        path);
        };
    }

    /** Of nothing nobody wants to hear that it is kept. */
    private static Sentence kept(Credits balance, String ofSome, String ofNone) {
        return balance.isPositive() ? Sentence.of(ofSome, balance) : Sentence.of(ofNone);
    }

    private static Obstacle ofCredits(AccountSummary account, Refusal.WayOut wayOut) {
        return switch (wayOut.retryableAfter()) {
            case "hold" ->
                new Obstacle(
                        WARN,
                        Sentence.of("overview.held_up.title"),
                        Sentence.of("overview.held_up", account.held()),
                        "overview.button.runs",
                        wayOut.path());
            case "renewal" ->
                new Obstacle(
                        BAD,
                        Sentence.of("overview.used_up.title"),
                        renewal(account.nextGrant()),
                        "overview.button.subscription",
                        wayOut.path());
            default ->
                new Obstacle(
                        BAD,
                        Sentence.of("overview.used_up.title"),
                        Sentence.of("overview.used_up"),
                        "overview.button.top_up",
                        wayOut.path());
        };
    }

    private static Sentence renewal(@Nullable NextGrant next) {
        return next == null || next.amount().isZero()
                ? Sentence.of("overview.used_up.no_renewal")
                : Sentence.of("overview.used_up.renewal", next.amount(), next.at());
    }

    private static Obstacle ofBudget(Refusal blocked) {
        Object limit = blocked.members().get("usage_limit");
        Object resets = blocked.members().get("resets_at");
        Object scopeId = blocked.members().get("scope_id");
        Sentence text = switch (String.valueOf(blocked.members().get("scope"))) {
            case "workspace" -> Sentence.of("overview.budget.workspace", limit, resets, scopeId);
            case "project" -> Sentence.of("overview.budget.project", limit, resets, scopeId);
            default -> Sentence.of("overview.budget.account", limit, resets);
        };
        return new Obstacle(BAD, Sentence.of("overview.budget.title"), text, "overview.button.budgets", path(blocked));
    }

    private static String path(Refusal refusal) {
        return Objects.requireNonNull(refusal.wayOut()).path();
    }

    private static @Nullable Obstacle ofSpendable(AccountSummary account) {
        SubscriptionView subscription = account.subscription();
        if (subscription != null && subscription.status() == SubscriptionStatus.PAST_DUE) {
            Sentence text = subscription.graceUntil() == null
                    ? Sentence.of("overview.past_due.spendable")
                    : Sentence.of("overview.past_due.grace", subscription.graceUntil());
            return new Obstacle(WARN, Sentence.of("overview.past_due.title"), text, "overview.button.payment", PAYMENT);
        }
        if (account.spendable().isLessThan(account.available())) {
            return new Obstacle(
                    WARN,
                    Sentence.of("overview.limited.title"),
                    Sentence.of("overview.limited", account.spendable(), account.available()),
                    "overview.button.budgets",
                    "/billing/budgets");
        }
        if (subscription != null && subscription.subscription().endsAt(account.asOf())) {
            return new Obstacle(
                    "",
                    Sentence.of(
                            "overview.ends.title",
                            subscription.subscription().billingPeriod().end()),
                    Sentence.of("overview.ends"),
                    "overview.button.keep",
                    PLANS);
        }
        return null;
    }
}
