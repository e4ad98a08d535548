package ai.mavster.credits.portal.plan;

import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.plan.Plan;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plan that an account has, and those it may have. */
@Singleton
class PlanPage implements PortalPage {

    static final String PATH = "/billing/plans";

    private final OfferedPlans plans;
    private final Template template;

    PlanPage(OfferedPlans plans, @Location("portal/plans.html") Template template) {
        this.plans = plans;
        this.template = template;
    }

    /** The others are where refusals send those who may spend nothing. */
    @Override
    public void register(Portal portal) {
        for (String path : List.of(PATH, "/billing/subscription", "/billing/payment")) {
            portal.get(path, visit -> visit.answer(filled(visit, null)));
        }
    }

    /** What could not be done, on the page that says what can. */
    PageAnswer refused(Visit visit, PageProblem problem) {
        return PageAnswer.of(problem.status(), filled(visit, problem));
    }

    private TemplateInstance filled(Visit visit, @Nullable PageProblem problem) {
        List<Plan> offered = plans.offered();
        Offers offers = plans.offers(visit);
        PlanNames names = plans.names(visit, offered);
        SubscriptionView view = visit.account().subscription();
        boolean paid = problem == null && "paid".equals(visit.request().query("outcome"));
        PlanView shown = new PlanView(
                view == null ? null : PlanView.Present.of(view, offers, names),
                offered.stream().map(plan -> PlanView.Choice.of(plan, offers)).toList(),
                paid && plans.isAwaited(view),
                visit.account().closedAt() != null,
                view == null || view.status() == SubscriptionStatus.CANCELED);
        return visit.fill(template, problem).data("path", PATH).data("plan", shown);
    }
}
