package ai.mavster.credits.subscription;

import ai.mavster.credits.ledger.Command;
import org.jspecify.annotations.Nullable;

/** A change to a subscription. */
interface SubscriptionCommand<A> extends Command.OfFeature<SubscriptionsInBatch, A> {

    /** The plan that it names, to be read under the lock as all else that it is decided by; null: none. */
    default @Nullable String planId() {
        return null;
    }

    @Override
    default Class<SubscriptionsInBatch> decidedWith() {
        return SubscriptionsInBatch.class;
    }
}
