package ai.mavster.credits.subscription;

import ai.mavster.credits.ledger.Command;

/** A change to a subscription. */
interface SubscriptionCommand<A> extends Command.OfFeature<SubscriptionsInBatch, A> {

    @Override
    default Class<SubscriptionsInBatch> decidedWith() {
        return SubscriptionsInBatch.class;
    }
}
