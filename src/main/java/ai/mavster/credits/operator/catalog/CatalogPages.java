package ai.mavster.credits.operator.catalog;

import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.plan.Plans;
import ai.mavster.credits.pricing.RateCard;
import ai.mavster.credits.pricing.Rates;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans and rates. */
@Singleton
class CatalogPages implements OperatorPage {

    private final Plans plans;
    private final Rates rates;
    private final Clock clock;
    private final Template planTemplate;
    private final Template rateTemplate;

    CatalogPages(
            Plans plans,
            Rates rates,
            Clock clock,
            @Location("operator/plans.html") Template planTemplate,
            @Location("operator/rates.html") Template rateTemplate) {
        this.plans = plans;
        this.rates = rates;
        this.clock = clock;
        this.planTemplate = planTemplate;
        this.rateTemplate = rateTemplate;
    }

    @Override
    public void register(Operator operator) {
        operator.get("/operator/plans", this::plans);
        operator.get("/operator/rates", this::rates);
    }

    /** A plan, and what it was, the newest first. */
    @TemplateData
    public record WithHistory(Plans.Named plan, List<Plans.Version> versions) {}

    private PageAnswer plans(Visit visit) {
        List<WithHistory> shown = plans.all().stream()
                .map(plan -> new WithHistory(plan, plans.versions(plan.terms().planId())))
                .toList();
        return PageAnswer.of(visit.fill(planTemplate).data("plans", shown));
    }

    /**
     * An action's rates, the newest first.
     *
     * @param coming of them those that are not in force yet
     */
    @TemplateData
    public record Action(String action, List<RateCard.Listed> versions, long coming) {

        /** The one in force; what is coming if none is yet. */
        public RateCard.Listed current() {
            return versions.get((int) Math.min(coming, versions.size() - 1));
        }

        public boolean inForce() {
            return coming < versions.size();
        }
    }

    private PageAnswer rates(Visit visit) throws SQLException {
        Instant now = clock.instant();
        Map<String, List<RateCard.Listed>> actions = new LinkedHashMap<>();
        rates.current()
                .listed()
                .forEach(version -> actions.computeIfAbsent(version.action(), action -> new ArrayList<>())
                        .add(version));
        List<Action> shown = actions.entrySet().stream()
                .map(action -> new Action(
                        action.getKey(),
                        action.getValue(),
                        action.getValue().stream()
                                .filter(version -> version.effectiveFrom().isAfter(now))
                                .count()))
                .toList();
        return PageAnswer.of(visit.fill(rateTemplate).data("actions", shown));
    }
}
