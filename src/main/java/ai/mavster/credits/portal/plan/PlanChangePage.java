package ai.mavster.credits.portal.plan;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.conditional.IfMatch;
import ai.mavster.credits.http.conditional.Version;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.subscription.SubscriptionGateway;
import ai.mavster.credits.payment.subscription.SubscriptionGateways;
import ai.mavster.credits.plan.Plan;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import ai.mavster.credits.subscription.Subscriptions;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.terms.ProviderSubscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says what a change of the plan will come to, and makes it once that is confirmed. */
@Singleton
class PlanChangePage implements PortalPage {

    private static final String PATH = PlanPage.PATH + "/change";
    private static final int CONFLICT = 409;
    private static final int CHANGED = 412;

    private final OfferedPlans plans;
    private final PlanPage page;
    private final Subscriptions subscriptions;
    private final SubscriptionGateways gateways;
    private final PageProblems problems;
    private final Template template;
    private final Logger log;

    PlanChangePage(
            OfferedPlans plans,
            PlanPage page,
            Subscriptions subscriptions,
            SubscriptionGateways gateways,
            PageProblems problems,
            @Location("portal/plan-change.html") Template template,
            Logger log) {
        this.plans = plans;
        this.page = page;
        this.subscriptions = subscriptions;
        this.gateways = gateways;
        this.problems = problems;
        this.template = template;
        this.log = log;
    }

    /** A change that makes sense now, with what it would come to. */
    private record Considered(
            RequestedChange wanted, Offers offers, Offers.Way way, Subscriptions.Previewed previewed, PlanNames names) {

        String seen() {
            return previewed.seen() == null ? "" : previewed.seen().text();
        }
    }

    @Override
    public void register(Portal portal) {
        portal.get(PATH, visit -> answering(visit, () -> confirm(visit, consider(visit), null)));
        portal.post(PATH, visit -> answering(visit, () -> submit(visit)));
    }

    /** Whatever was in the way is said on the page of the plans. */
    private PageAnswer answering(Visit visit, Supplier<PageAnswer> work) {
        try {
            return work.get();
        } catch (RefusalException | InvalidInput | Unavailable failure) {
            return page.refused(visit, problems.of(failure, visit.request().language()));
        } catch (NotOffered failure) {
            return page.refused(
                    visit,
                    PageProblems.named(CONFLICT, failure.code, visit.request().language()));
        }
    }

    /** The change is not the owner's to make. */
    private static final class NotOffered extends RuntimeException {

        private final String code;

        NotOffered(Offers.Way way) {
            super("The change is not offered", null, false, false);
            code = way == Offers.Way.OPERATOR ? "plan_needs_payment" : "plan_not_offered";
        }
    }

    private PageAnswer submit(Visit visit) {
        RequestedChange wanted = wanted(visit, plans.offered());
        return wanted.isDone(plans.offers(visit))
                ? visit.done(PlanPage.PATH, done(wanted))
                : change(visit, consider(visit));
    }

    private static RequestedChange wanted(Visit visit, List<Plan> offered) {
        Map<String, PlanTerms> terms = new HashMap<>();
        offered.forEach(plan -> terms.put(plan.terms().planId(), plan.terms()));
        return RequestedChange.of(visit.request(), terms);
    }

    private Considered consider(Visit visit) {
        List<Plan> offered = plans.offered();
        Offers offers = plans.offers(visit);
        RequestedChange wanted = wanted(visit, offered);
        Offers.Way way = wanted.way(offers);
        if (way == Offers.Way.NONE || way == Offers.Way.OPERATOR) {
            throw new NotOffered(way);
        }
        Subscriptions.Previewed previewed = subscriptions
                .preview(wanted.request(visit.accountId(), offers), null)
                .orThrow();
        return new Considered(wanted, offers, way, previewed, plans.names(visit, offered));
    }

    private PageAnswer confirm(Visit visit, Considered considered, @Nullable PageProblem problem) {
        PlanTerms plan = considered.wanted.plan();
        return PageAnswer.of(
                problem == null ? 200 : problem.status(),
                visit.fill(template, problem)
                        .data("path", PlanPage.PATH)
                        .data("kind", considered.wanted.kind().id())
                        .data("planId", plan == null ? null : plan.planId())
                        .data("planName", plan == null ? null : considered.names.of(plan.planId()))
                        .data("waits", plan != null && considered.offers.waits(plan))
                        .data("atProvider", considered.way == Offers.Way.PROVIDER)
                        .data("sentences", PreviewTexts.of(considered.previewed.preview(), considered.names))
                        .data("seen", considered.seen()));
    }

    private PageAnswer change(Visit visit, Considered considered) {
        String seen = visit.request().field("seen");
        if (!considered.seen().equals(seen == null ? "" : seen)) {
            return changedMeanwhile(visit);
        }
        if (considered.way == Offers.Way.PROVIDER) {
            return atProvider(visit, considered);
        }
        IfMatch ifMatch = IfMatch.of(new Version(considered.seen()));
        Cause cause = new Cause(visit.session().author(), null);
        return Outcome.join(subscriptions.put(
                        considered.wanted.request(visit.accountId(), considered.offers), cause, ifMatch))
                .fold((view, replayed) -> visit.done(PlanPage.PATH, done(considered.wanted)), refusal -> {
                    if (refusal.code() == Refusal.Code.PRECONDITION_FAILED) {
                        return changedMeanwhile(visit);
                    }
                    throw new RefusalException(refusal);
                });
    }

    /** What it would come to now may be something else: it is said before anything is done. */
    private PageAnswer changedMeanwhile(Visit visit) {
        return confirm(
                visit,
                consider(visit),
                PageProblems.named(
                        CHANGED, "precondition_failed", visit.request().language()));
    }

    private static String done(RequestedChange wanted) {
        return "plan_" + wanted.kind().id();
    }

    private PageAnswer atProvider(Visit visit, Considered considered) {
        SubscriptionGateway gateway = gateways.configured().orElseThrow();
        ProviderSubscription driver = considered.offers.side() == Offers.Side.DRIVING
                ? Objects.requireNonNull(considered.offers.view())
                        .subscription()
                        .provider()
                : null;
        try {
            PlanTerms plan = considered.wanted.plan();
            if (plan == null) {
                gateway.cancelAtPeriodEnd(
                        Objects.requireNonNull(driver).id(), considered.wanted.kind() == RequestedChange.Kind.CANCEL);
                return visit.done(PlanPage.PATH, "plan_asked");
            }
            return PageAnswer.seeOther(gateway.page(new SubscriptionGateway.Order(
                    visit.accountId(),
                    plan.planId(),
                    considered.names.of(plan.planId()),
                    driver == null || isEnded(considered.offers) ? null : driver.id())));
        } catch (GatewayFailure e) {
            log.warnf("The subscription of an account could not be seen to at the provider: %s", e.getMessage());
            throw new RefusalException(
                    Refusal.of(Refusal.Code.PAYMENT_PROVIDER_UNAVAILABLE, "The payment provider gave no answer."));
        }
    }

    private static boolean isEnded(Offers offers) {
        return Objects.requireNonNull(offers.view()).status() == SubscriptionStatus.CANCELED;
    }
}
