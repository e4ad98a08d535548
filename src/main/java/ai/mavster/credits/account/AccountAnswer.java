package ai.mavster.credits.account;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.budget.BudgetResource;
import ai.mavster.credits.budget.BudgetView;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.recharge.AutoRecharge;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.SubscriptionResource;
import ai.mavster.credits.usage.CurrentUsage;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An account as it is. */
@Schema(name = "Account", examples = """
        {"account_id": "acct_7", "name": "Example Inc.", "billing_email": "billing@example.com",\
         "time_zone": "Europe/Berlin", "metadata": {"tier": "gold"},\
         "balance": 3987.5, "held": 0, "available": 3987.5, "owed": 0, "spendable": 0,\
         "blocked_by": "subscription_required", "problem": {"type": "https://mavster.ai/problems/subscription-required",\
         "title": "Subscription required", "status": 402, "code": "subscription_required", "detail": "Pick a plan.",\
         "account_id": "acct_7", "subscription_status": null, "balance": 3987.5,\
         "action": {"label": "Choose a plan", "url": "https://credits.example.com/billing/plans?account=acct_7"},\
         "retryable_after": "subscription"}, "subscription": null,\
         "usage": {"billing_period": null, "credits": {"used": 12.5, "included": null, "remaining": 3987.5,\
         "spendable": 0, "percentage_used": null}}, "budgets": [], "next_grant": null,\
         "auto_recharge": {"enabled": false, "threshold": null, "credits_to_add": null, "top_up_to": null, "limit_per_period": null,\
         "payment_method": null, "recharged": 0, "in_flight": false, "failures": 0, "paused_until": null, "switched_off": null}, "test_clock": null, "closed_at": null, "erasure": null, "as_of": "2026-11-21T18:39:00Z",\
         "created_at": "2026-11-21T18:39:00Z", "updated_at": "2026-11-21T18:39:00Z"}""")
record AccountAnswer(
        @Schema(examples = "acct_7") String accountId,
        @Nullable String name,
        @Nullable String billingEmail,
        String timeZone,
        @Nullable Metadata metadata,

        @Schema(description = "All credits, held ones too.") Credits balance,

        Credits held,
        Credits available,

        @Schema(description = "What was clawed back and had been spent already: the next credits settle it first.")
        Credits owed,

        @Schema(description = "What a debit could take now: 0 unless the subscription allows spending.")
        Credits spendable,

        @Schema(
                description = "The code of the 402 that a debit would get now, or null.",
                enumeration = {"account_closed", "subscription_required", "insufficient_credits", "budget_exceeded"})
        Refusal.@Nullable Code blockedBy,

        @Schema(description = "All of that 402, with its text and the way out; null: a debit would not get one.")
        @Nullable
        Problem problem,

        SubscriptionResource.@Nullable Answer subscription,
        CurrentUsage.Answer usage,

        @Schema(
                description =
                        "The account's budgets, the whole account's first, then those of workspaces and projects. Of more than about a hundred not all: listBudgets has them.")
        List<BudgetResource.Answer> budgets,

        @Schema(description = "The coming renewal if the balance stays as it is; null: none is coming.") @Nullable
        NextGrant nextGrant,

        @Schema(description = "How the account buys credits by itself where it runs low.")
        AutoRecharge autoRecharge,

        @Schema(description = "Where the account's own clock stands; null: it has none, and goes by the real time.")
        @Nullable
        Instant testClock,

        @Schema(description = "Since when it is closed, and can only be read; null: it is not.") @Nullable
        Instant closedAt,

        @Schema(description = "How far its texts are erased; null: that was not asked for.")
        AccountView.@Nullable Erasure erasure,

        @Schema(description = "When this was read, all figures at once.")
        Instant asOf,

        Instant createdAt,
        Instant updatedAt) {

    static AccountAnswer of(
            Account account,
            AccountSummary summary,
            CurrentUsage.Answer usage,
            List<BudgetView> budgets,
            AutoRecharge autoRecharge,
            @Nullable Problem problem) {
        return new AccountAnswer(
                account.accountId,
                account.name,
                account.billingEmail,
                summary.timeZone(),
                account.metadata(),
                summary.balance(),
                summary.held(),
                summary.available(),
                summary.owed(),
                summary.spendable(),
                summary.blockedBy(),
                problem,
                summary.subscription() == null ? null : SubscriptionResource.Answer.of(summary.subscription()),
                usage,
                budgets.stream().map(BudgetResource.Answer::of).toList(),
                summary.nextGrant(),
                autoRecharge,
                summary.onTestClock() ? summary.asOf() : null,
                summary.closedAt(),
                summary.erasure(),
                summary.asOf(),
                account.createdAt,
                account.updatedAt);
    }
}
