package ai.mavster.credits.portal.buying;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.checkout.Packs;
import ai.mavster.credits.checkout.order.Checkouts;
import ai.mavster.credits.checkout.order.Purchases;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import ai.mavster.credits.recharge.AutoRecharges;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Packs to buy, what was bought, and how auto-recharge stands. */
@Singleton
class TopUpPage implements PortalPage {

    static final String PATH = "/billing/top-up";

    private static final int SHOWN = 10;
    private static final String KEY = "[0-9a-f-]{36}";

    private final Packs packs;
    private final Checkouts checkouts;
    private final Purchases purchases;
    private final AutoRecharges recharges;
    private final Gateways gateways;
    private final PageProblems problems;
    private final boolean offered;
    private final Template template;

    TopUpPage(
            Packs packs,
            Checkouts checkouts,
            Purchases purchases,
            AutoRecharges recharges,
            Gateways gateways,
            PageProblems problems,
            @ConfigProperty(name = "credits.top-ups.offered") boolean offered,
            @Location("portal/top-up.html") Template template) {
        this.offered = offered;
        this.packs = packs;
        this.checkouts = checkouts;
        this.purchases = purchases;
        this.recharges = recharges;
        this.gateways = gateways;
        this.problems = problems;
        this.template = template;
    }

    @Override
    public void register(Portal portal) {
        portal.get(PATH, visit -> visit.answer(filled(visit, null)));
        portal.post(PATH, this::buy);
    }

    private TemplateInstance filled(Visit visit, @Nullable PageProblem problem) {
        return visit.fill(template, problem).data("topUp", topUp(visit));
    }

    private boolean areSold() {
        return offered && gateways.configured().isPresent();
    }

    private TopUp topUp(Visit visit) {
        boolean payments = areSold();
        List<TopUp.Line> bought = purchases.newestFirst(visit.accountId(), SHOWN).stream()
                .map(TopUp.Line::of)
                .toList();
        return new TopUp(
                payments && visit.account().closedAt() == null,
                payments,
                TopUp.Outcome.of(visit.request().query("outcome"), bought),
                payments
                        ? packs.onSale().stream()
                                .map(pack -> TopUp.PackOnSale.of(pack, visit.account()))
                                .toList()
                        : List.of(),
                bought,
                recharges.present(visit.accountId()),
                recharges.newestFirst(visit.accountId(), SHOWN).stream()
                        .map(TopUp.RechargeLine::of)
                        .toList(),
                UUID.randomUUID().toString());
    }

    /** To the provider's page. */
    private PageAnswer buy(Visit visit) {
        try {
            if (!areSold()) {
                throw new RefusalException(Gateways.refusal());
            }
            String pack = required(visit, "pack", Identifier.PATTERN);
            // One key a pack: who goes back and takes another one buys that.
            String key = required(visit, "key", KEY) + ":" + pack;
            return PageAnswer.seeOther(checkouts.pageOf(visit.accountId(), key, pack));
        } catch (RefusalException | InvalidInput | Unavailable failure) {
            PageProblem problem = problems.of(failure, visit.request().language());
            return PageAnswer.of(problem.status(), filled(visit, problem));
        }
    }

    private static String required(Visit visit, String field, String pattern) {
        String sent = visit.request().field(field);
        if (sent == null || !sent.matches(pattern)) {
            throw new InvalidInput(field, "must be as the page has it");
        }
        return sent;
    }
}
