package ai.mavster.credits.portal.plan;

import ai.mavster.credits.payment.subscription.SubscriptionGateway;
import ai.mavster.credits.payment.subscription.SubscriptionGateways;
import ai.mavster.credits.plan.Plan;
import ai.mavster.credits.plan.PlanRepository;
import ai.mavster.credits.portal.Visit;
import ai.mavster.credits.portal.session.PortalSettings;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.ProviderSubscription;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The plans that owners are offered, and what of them one may have. */
@Singleton
class OfferedPlans {

    private static final int MOST = 50;

    /** So long after the provider's state was applied a payment counts as having taken effect. */
    private static final Duration JUST_NOW = Duration.ofMinutes(2);

    private final PlanRepository plans;
    private final SubscriptionGateways gateways;
    private final List<String> only;
    private final Clock clock;

    OfferedPlans(PlanRepository plans, SubscriptionGateways gateways, PortalSettings settings, Clock clock) {
        this.plans = plans;
        this.gateways = gateways;
        this.only = settings.plans().orElse(List.of());
        this.clock = clock;
    }

    /** The smallest first. Blocks. */
    List<Plan> offered() {
        return QuarkusTransaction.requiringNew().call(() -> plans.smallestFirst(MOST)).stream()
                .filter(plan -> only.isEmpty() || only.contains(plan.terms().planId()))
                .toList();
    }

    PlanNames names(Visit visit, List<Plan> offered) {
        Map<String, String> byId = new HashMap<>();
        offered.forEach(plan -> byId.put(plan.terms().planId(), plan.name()));
        return new PlanNames(byId, visit.texts());
    }

    Offers offers(Visit visit) {
        SubscriptionView view = visit.account().subscription();
        return new Offers(view, side(view), visit.account().closedAt() != null);
    }

    private Offers.Side side(@Nullable SubscriptionView view) {
        Optional<SubscriptionGateway> gateway = gateways.configured();
        ProviderSubscription driver = view == null ? null : view.subscription().provider();
        if (driver == null) {
            return gateway.isPresent() ? Offers.Side.READY : Offers.Side.NONE;
        }
        return gateway.filter(one -> one.hasMade(driver.id())).isPresent()
                ? Offers.Side.DRIVING
                : Offers.Side.ELSEWHERE;
    }

    /** Whether a payment that was just made has yet to take effect. */
    boolean isAwaited(@Nullable SubscriptionView view) {
        ProviderSubscription driver = view == null ? null : view.subscription().provider();
        return driver == null || driver.fetchedAt().isBefore(clock.instant().minus(JUST_NOW));
    }
}
