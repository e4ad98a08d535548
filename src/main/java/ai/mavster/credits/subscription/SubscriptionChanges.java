package ai.mavster.credits.subscription;

import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.Outcome;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Changes subscriptions, once what is due for them is worked off: a late renewal is decided by what the subscription was then. */
@Singleton
class SubscriptionChanges {

    private final Ledger ledger;

    SubscriptionChanges(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The subscription after the change, as its account's books show it. */
    CompletionStage<Outcome<SubscriptionResource.Answer>> put(SubscriptionDecision.Wish wish, Author author) {
        return submit(new Subscriptions.Put(wish, author, false));
    }

    private CompletionStage<Outcome<SubscriptionResource.Answer>> submit(Subscriptions.Put put) {
        return ledger.submit(put)
                .thenCompose(outcome -> outcome.fold(
                        (changed, replayed) -> {
                            SubscriptionResource.Answer answer = changed.answer();
                            return answer == null
                                    ? renew(put)
                                    : CompletableFuture.completedStage(Outcome.accepted(answer));
                        },
                        refusal -> CompletableFuture.completedStage(Outcome.refused(refusal))));
    }

    /** One period after the other. A renewal that is refused, as where the balance cannot be counted any more, does not keep off the change. */
    private CompletionStage<Outcome<SubscriptionResource.Answer>> renew(Subscriptions.Put put) {
        return ledger.submit(Subscriptions.Renew.now(put.accountId()))
                .thenCompose(outcome -> outcome.fold(
                        (renewed, replayed) -> submit(put),
                        refusal -> submit(new Subscriptions.Put(put.wish(), put.author(), true))));
    }
}
