package ai.mavster.credits.operator.account;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.account.Accounts;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.operator.Lists;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.renewal.MonthlyGrants;
import ai.mavster.credits.subscription.history.SubscriptionChanges;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;

/** An account's subscription: what it is, who changed it, and what each month granted. */
@Singleton
class SubscriptionPage implements OperatorPage {

    private final Accounts accounts;
    private final Ledger ledger;
    private final SubscriptionChanges changes;
    private final MonthlyGrants grants;
    private final Template template;

    SubscriptionPage(
            Accounts accounts,
            Ledger ledger,
            SubscriptionChanges changes,
            MonthlyGrants grants,
            @Location("operator/subscription.html") Template template) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.changes = changes;
        this.grants = grants;
        this.template = template;
    }

    @Override
    public void register(Operator operator) {
        operator.get("/operator/accounts/:account_id/subscription", this::show);
    }

    private PageAnswer show(Visit visit) {
        String accountId = visit.accountId();
        return PageAnswer.of(visit.fill(template)
                .data("profile", accounts.profile(accountId))
                .data("account", Outcome.await(ledger.read(accountId, AccountSummary::of)))
                .data("changes", changes.newestFirst(accountId, Lists.ROWS))
                .data("grants", grants.newestFirst(accountId, Lists.ROWS)));
    }
}
