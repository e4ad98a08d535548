package ai.mavster.credits.subscription;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.plan.PlanTable;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The subscriptions' part in each ledger transaction: whether credits may be spent. */
@Singleton
class SubscriptionsParticipant implements Participant {

    private final SpendingPolicy policy;
    private final boolean topUpsOffered;

    SubscriptionsParticipant(
            SubscriptionSettings settings, @ConfigProperty(name = "credits.top-ups.offered") boolean topUpsOffered) {
        this.policy = settings.spending();
        this.topUpsOffered = topUpsOffered;
    }

    private static Set<PlanTable.Named> plans(List<Command<?>> commands) {
        Set<PlanTable.Named> plans = new HashSet<>(0);
        for (Command<?> command : commands) {
            String planId = command instanceof SubscriptionCommand<?> change ? change.planId() : null;
            if (planId != null) {
                plans.add(new PlanTable.Named(command.accountId(), planId));
            }
        }
        return plans;
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        SubscriptionsInBatch state = new SubscriptionsInBatch(policy, topUpsOffered);
        PlanTable.read(reads, plans(scope.commands()), state::load);
        SubscriptionTable.read(reads, scope.accountIds(), state::load);
        return state;
    }
}
