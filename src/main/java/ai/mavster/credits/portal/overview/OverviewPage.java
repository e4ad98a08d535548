package ai.mavster.credits.portal.overview;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.alert.RunRate;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.burndown.OpenGrants;
import ai.mavster.credits.ledger.statement.SpentSince;
import ai.mavster.credits.plan.Plan;
import ai.mavster.credits.plan.PlanRepository;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.usage.CurrentUsage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The first page: everything of one moment, and nothing that takes longer the more an account has done. */
@Singleton
class OverviewPage implements PortalPage {

    private final Ledger ledger;
    private final CurrentUsage usage;
    private final SpentSince spent;
    private final PlanRepository plans;
    private final Template template;

    OverviewPage(
            Ledger ledger,
            CurrentUsage usage,
            SpentSince spent,
            PlanRepository plans,
            @Location("portal/overview.html") Template template) {
        this.ledger = ledger;
        this.usage = usage;
        this.spent = spent;
        this.plans = plans;
        this.template = template;
    }

    @Override
    public void register(Portal portal) {
        portal.get("/billing", this::show);
    }

    /** One question, so that all figures are of one moment. */
    private record Read(AccountSummary account, CurrentUsage.Read usage, OpenGrants.First grants) {

        static Read of(AccountView account) {
            return new Read(
                    AccountSummary.of(account), CurrentUsage.Read.of(account), account.openGrants(CreditsLeft.GRANTS));
        }
    }

    private PageAnswer show(Visit visit) throws SQLException {
        Read read = Outcome.await(ledger.read(visit.accountId(), Read::of));
        AccountSummary account = read.account;
        ComingGrant coming = ComingGrant.of(account);
        PlanInShort plan = plan(account.subscription());
        return visit.answer(visit.fill(template)
                .data("now", account)
                .data("obstacle", Obstacle.of(account))
                .data("coming", coming)
                .data("plan", plan)
                .data("bar", BalanceBar.of(account, coming, plan))
                .data("left", CreditsLeft.of(read.grants, account.balance()))
                .data("usage", usage.of(read.usage))
                .data("lately", lately(account, read.usage.seq()))
                .data("pace", BurnRate.of(account, rate(account, read.usage.seq()))));
    }

    private RunRate rate(AccountSummary account, long seq) throws SQLException {
        SubscriptionView view = account.subscription();
        Instant begun = view == null ? Instant.EPOCH : view.subscription().createdAt();
        return RunRate.of(spent.since(account.accountId(), RunRate.since(account.asOf()), seq), begun, account.asOf());
    }

    private RecentUsage lately(AccountSummary account, long seq) throws SQLException {
        return RecentUsage.of(spent.sinceEach(
                account.accountId(), RecentUsage.days(account.asOf(), ZoneId.of(account.timeZone())), seq));
    }

    private @Nullable PlanInShort plan(@Nullable SubscriptionView view) {
        return view == null ? null : QuarkusTransaction.requiringNew().call(() -> PlanInShort.of(view, this::name));
    }

    private String name(String planId) {
        Plan plan = plans.findById(planId);
        return plan == null ? planId : plan.name();
    }
}
