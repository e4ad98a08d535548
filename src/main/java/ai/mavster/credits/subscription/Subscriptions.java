package ai.mavster.credits.subscription;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.conditional.IfMatch;
import ai.mavster.credits.http.conditional.Version;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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

    /**
     * The subscription after the change.
     *
     * @param ifMatch see {@link PutSubscription}
     * @throws InvalidInput in the stage, if it is the first subscription and is to no plan
     */
    CompletionStage<Outcome<SubscriptionView>> put(
            SubscriptionDecision.Request request, Cause cause, @Nullable IfMatch ifMatch) {
        return submit(new PutSubscription(request, cause, false, ifMatch));
    }

    private CompletionStage<Outcome<SubscriptionView>> submit(PutSubscription put) {
        return ledger.submit(put)
                .thenCompose(outcome -> outcome.fold(
                        (done, replayed) -> done.view() == null
                                ? supply(put, Objects.requireNonNull(done.missing()))
                                : CompletableFuture.completedStage(Outcome.accepted(done.view())),
                        refusal -> CompletableFuture.completedStage(Outcome.refused(refusal))));
    }

    private CompletionStage<Outcome<SubscriptionView>> supply(PutSubscription put, PutSubscription.Missing missing) {
        return switch (missing) {
            case RENEWALS -> renew(put);
            case PLAN ->
                CompletableFuture.failedStage(
                        new InvalidInput("plan", "must name a plan: the account has no subscription yet"));
        };
    }

    /**
     * One period after the other. A renewal that is refused, as where the balance cannot be counted any more, does not
     * keep off the change.
     */
    private CompletionStage<Outcome<SubscriptionView>> renew(PutSubscription put) {
        return ledger.submit(RenewSubscription.now(put.accountId()))
                .thenCompose(outcome -> outcome.fold(
                        (renewed, replayed) -> renewed(put, renewed),
                        refusal -> submit(new PutSubscription(put.request(), put.cause(), true, put.ifMatch()))));
    }

    /** The version that was asked for is the one before the renewals: it goes on with what they have made of it. */
    private CompletionStage<Outcome<SubscriptionView>> renewed(PutSubscription put, RenewSubscription.Done renewed) {
        if (put.ifMatch() == null || put.ifMatch().any()) {
            return submit(put);
        }
        Version after = SubscriptionView.versionOf(renewed.after());
        return after == null || !put.ifMatch().matches(SubscriptionView.versionOf(renewed.before()))
                ? CompletableFuture.completedStage(Outcome.refused(SubscriptionRefusals.otherVersion()))
                : submit(new PutSubscription(put.request(), put.cause(), put.late(), IfMatch.of(after)));
    }
}
