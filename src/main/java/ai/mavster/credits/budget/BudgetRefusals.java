package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Participant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a budget lets no more pass, and what helps. */
final class BudgetRefusals {

    private BudgetRefusals() {}

    static Refusal none(BudgetKey key) {
        return Refusal.of(
                Refusal.Code.BUDGET_NOT_FOUND,
                "The account %s has no budget for the %s %s."
                        .formatted(key.accountId(), key.scope().id(), key.scopeId()));
    }

    /**
     * Of two budgets that refuse the one with less remaining; of two that have as little left the one of more: account,
     * workspace, project.
     *
     * @param one null: there is none
     * @param other its scope is no earlier
     */
    static BudgetView tighter(@Nullable BudgetView one, BudgetView other) {
        return one == null || remaining(other).isLessThan(remaining(one)) ? other : one;
    }

    private static Credits remaining(BudgetView view) {
        return Objects.requireNonNull(view.remaining());
    }

    static Refusal exceeded(BudgetView view, Participant.Charge charge, AccountView account) {
        Credits limit = Objects.requireNonNull(view.budget().usageLimit());
        Credits available = account.available().plus(charge.reserved());
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("account_id", account.accountId());
        members.put("required", charge.credits());
        members.put("available", available);
        members.put("scope", view.budget().key().scope().id());
        members.put("scope_id", view.budget().key().scopeId());
        members.put("usage_limit", limit);
        members.put("used", view.counted().used());
        members.put("held", view.held());
        members.put("remaining", remaining(view));
        members.put("resets_at", view.counted().window().end());
        return new Refusal(Refusal.Code.BUDGET_EXCEEDED, detail(view, limit), members, wayOut(view, account));
    }

    private static String detail(BudgetView view, Credits limit) {
        String of = view.budget().key().scope() == LimitScope.ACCOUNT
                ? "the account"
                : view.budget().key().scope().id() + " " + view.budget().key().scopeId();
        String held = view.held().isPositive() ? " and %s held".formatted(are(view.held())) : "";
        return "The budget of %s has %s left: of its limit of %s, %s used%s."
                .formatted(
                        of, remaining(view).inWords(), limit, are(view.counted().used()), held);
    }

    private static String are(Credits credits) {
        return credits + (credits.equals(Credits.of(1)) ? " is" : " are");
    }

    private static Refusal.WayOut wayOut(BudgetView view, AccountView account) {
        String advice = "Raise the budget or wait until %s."
                .formatted(
                        view.counted().window().end().atZone(account.timeZone()).toLocalDate());
        return new Refusal.WayOut(advice, "See the budgets", "/billing/budgets", "budget");
    }

    /** Which budget has refused; null: it does not say. */
    static @Nullable BudgetKey key(Refusal refusal, AccountView account) {
        Object scope = refusal.members().get("scope");
        Object scopeId = refusal.members().get("scope_id");
        return scope == null || scopeId == null
                ? null
                : new BudgetKey(
                        account.accountId(), EnumId.parse(LimitScope.class, scope.toString()), scopeId.toString());
    }
}
