package ai.mavster.credits.subscription;

import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;

/** The subscriptions' part in each ledger transaction: whether credits may be spent. */
@Singleton
class SubscriptionsParticipant implements Participant {

    private final SpendingPolicy policy;

    SubscriptionsParticipant(SubscriptionSettings settings) {
        this.policy = settings.spending();
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        SubscriptionsInBatch state = new SubscriptionsInBatch(policy);
        SubscriptionTable.read(reads, scope.accountIds(), state::load);
        return state;
    }
}
