package ai.mavster.credits.subscription;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.plan.PlanTable;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The subscriptions' part in each ledger transaction: whether credits may be spent. */
@Singleton
class SubscriptionsParticipant implements Participant {

    private final SpendingPolicy policy;

    SubscriptionsParticipant(SubscriptionSettings settings) {
        this.policy = settings.spending();
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
        SubscriptionsInBatch state = new SubscriptionsInBatch(policy);
        PlanTable.read(reads, plans(scope.commands()), state::load);
        SubscriptionTable.read(reads, scope.accountIds(), state::load);
        return state;
    }
}
