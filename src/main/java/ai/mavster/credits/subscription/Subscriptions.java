package ai.mavster.credits.subscription;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Changes subscriptions, once what is due for them is done: a late renewal is decided by what the subscription was
 * then.
 */
@Singleton
class Subscriptions {

    private final Ledger ledger;

    Subscriptions(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The subscription after the change. */
    CompletionStage<Outcome<SubscriptionView>> put(SubscriptionDecision.Request request, Cause cause) {
        return submit(new PutSubscription(request, cause, false));
    }

    private CompletionStage<Outcome<SubscriptionView>> submit(PutSubscription put) {
        return ledger.submit(put)
                .thenCompose(outcome -> outcome.fold(
                        (done, replayed) -> done.view() == null
                                ? renew(put)
                                : CompletableFuture.completedStage(Outcome.accepted(done.view())),
                        refusal -> CompletableFuture.completedStage(Outcome.refused(refusal))));
    }

    /**
     * One period after the other. A renewal that is refused, as where the balance cannot be counted any more, does not
     * keep off the change.
     */
    private CompletionStage<Outcome<SubscriptionView>> renew(PutSubscription put) {
        return ledger.submit(RenewSubscription.now(put.accountId()))
                .thenCompose(outcome -> outcome.fold(
                        (renewed, replayed) -> submit(put),
                        refusal -> submit(new PutSubscription(put.request(), put.cause(), true))));
    }
}
