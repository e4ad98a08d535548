package ai.mavster.credits.portal.buying;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import ai.mavster.credits.recharge.AutoRecharges;
import ai.mavster.credits.recharge.terms.RechargeCost;
import ai.mavster.credits.recharge.terms.RechargeTerms;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sets auto-recharge, in two steps: what it may cost at most is said before it is switched on. */
@Singleton
class AutoRechargePage implements PortalPage {

    private static final String PATH = TopUpPage.PATH + "/auto-recharge";

    private final AutoRecharges recharges;
    private final Gateways gateways;
    private final PageProblems problems;
    private final Template form;
    private final Template check;

    AutoRechargePage(
            AutoRecharges recharges,
            Gateways gateways,
            PageProblems problems,
            @Location("portal/auto-recharge.html") Template form,
            @Location("portal/auto-recharge-check.html") Template check) {
        this.recharges = recharges;
        this.gateways = gateways;
        this.problems = problems;
        this.form = form;
        this.check = check;
    }

    @Override
    public void register(Portal portal) {
        portal.get(
                PATH,
                visit -> visit.answer(
                        form(visit, null, RechargeForm.of(present(visit).settings(), locale(visit)))));
        portal.post(PATH, this::submit);
    }

    private AutoRecharges.Present present(Visit visit) {
        return recharges.present(visit.accountId());
    }

    private static Locale locale(Visit visit) {
        return visit.request().language().locale();
    }

    private List<String> methods() {
        return gateways.configured().map(PaymentGateway::paymentMethods).orElse(List.of());
    }

    /** A payment method that can be chosen; the key is of its text. */
    @TemplateData
    public record Method(String id, String key) {

        static Method of(String id) {
            return new Method(id, "recharge.card." + id);
        }
    }

    private TemplateInstance form(Visit visit, @Nullable PageProblem problem, RechargeForm fields) {
        return visit.fill(form, problem)
                .data("path", TopUpPage.PATH)
                .data("wrong", problem == null ? null : problem.field())
                .data("form", fields)
                .data("methods", methods().stream().map(Method::of).toList())
                .data(
                        "offered",
                        gateways.configured().isPresent() && visit.account().closedAt() == null)
                .data("present", present(visit));
    }

    private PageAnswer submit(Visit visit) {
        RechargeForm fields = RechargeForm.of(visit.request());
        try {
            String step = visit.request().field("step");
            if ("off".equals(step)) {
                recharges.switchOff(visit.accountId());
                return visit.done(TopUpPage.PATH, "recharge_off");
            }
            RechargeTerms terms = fields.terms(locale(visit), methods());
            RechargeCost cost = recharges.cost(visit.accountId(), terms);
            // The price may have changed since it was said: then it is said again.
            if (!"on".equals(step) || !seen(cost).equals(visit.request().field("seen"))) {
                gateways.required();
                return visit.answer(check(visit, fields, terms, cost));
            }
            recharges.switchOn(visit.accountId(), terms);
            return visit.done(TopUpPage.PATH, "recharge_on");
        } catch (RefusalException | InvalidInput | Unavailable failure) {
            PageProblem problem = problems.of(failure, visit.request().language());
            return PageAnswer.of(problem.status(), form(visit, problem, fields));
        }
    }

    private TemplateInstance check(Visit visit, RechargeForm fields, RechargeTerms terms, RechargeCost cost) {
        return visit.fill(check)
                .data("path", TopUpPage.PATH)
                .data("form", fields)
                .data("terms", terms)
                .data("cost", cost)
                .data("seen", seen(cost));
    }

    /** What the owner has been shown that it may cost. */
    private static String seen(RechargeCost cost) {
        return "%s %s %s"
                .formatted(
                        cost.perPeriod().value().toPlainString(),
                        cost.perYear().value().toPlainString(),
                        cost.perYear().currency());
    }
}
