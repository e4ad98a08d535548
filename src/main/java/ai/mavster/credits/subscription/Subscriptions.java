package ai.mavster.credits.subscription;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.conditional.IfMatch;
import ai.mavster.credits.http.conditional.Version;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.plan.Plan;
import ai.mavster.credits.plan.PlanRepository;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Changes subscriptions, once what is due for them is done: a late renewal is decided by what the subscription was
 * then.
 */
@Singleton
public class Subscriptions {

    private final Ledger ledger;
    private final PlanRepository plans;

    Subscriptions(Ledger ledger, PlanRepository plans) {
        this.ledger = ledger;
        this.plans = plans;
    }

    /**
     * The subscription after the change.
     *
     * @param ifMatch see {@link PutSubscription}
     * @throws InvalidInput in the stage, if it is the first subscription and is to no plan
     */
    public CompletionStage<Outcome<SubscriptionView>> put(
            SubscriptionDecision.Request request, Cause cause, @Nullable IfMatch ifMatch) {
        return submit(new PutSubscription(request, cause, false, ifMatch));
    }

    /**
     * Makes the subscription what a payment provider has, unless that was applied before, or is older than what was; and
     * what falls due by it. Harmless to repeat, in any order and from any number of processes at once.
     *
     * @param request with the provider's subscription
     * @return the subscription then; a refusal, where there is no such account or plan or the account is closed
     */
    public CompletionStage<Outcome<SubscriptionView>> follow(SubscriptionDecision.Request request, Cause cause) {
        return put(request, cause, null)
                .thenCompose(outcome -> outcome.fold(
                        (view, replayed) -> renewed(request.accountId()),
                        refusal -> CompletableFuture.completedStage(Outcome.refused(refusal))))
                .thenCompose(outcome -> outcome.fold(
                        (view, replayed) -> Boolean.TRUE.equals(request.cancelAtPeriodEnd())
                                        && !view.subscription().cancelAtPeriodEnd()
                                ? put(request, cause, null)
                                : CompletableFuture.completedStage(Outcome.accepted(view)),
                        refusal -> CompletableFuture.completedStage(Outcome.refused(refusal))));
    }

    /** One period after the other, as far as they are due. */
    private CompletionStage<Outcome<SubscriptionView>> renewed(String accountId) {
        return ledger.submit(RenewSubscription.now(accountId))
                .thenCompose(outcome -> outcome.fold(
                        (done, replayed) -> done.more()
                                ? renewed(accountId)
                                : CompletableFuture.completedStage(
                                        Outcome.accepted(Objects.requireNonNull(done.after()))),
                        refusal -> CompletableFuture.completedStage(Outcome.refused(refusal))));
    }

    /**
     * A preview.
     *
     * @param seen the version that it is a preview of; null: there is no subscription yet
     */
    public record Previewed(ChangePreview preview, @Nullable Version seen) {}

    /**
     * What {@link #put} would come to now, as of one moment; it writes nothing. Blocks.
     *
     * @throws InvalidInput if it is the first subscription and is to no plan
     */
    public Outcome<Previewed> preview(SubscriptionDecision.Request request, @Nullable IfMatch ifMatch) {
        PlanTerms plan = request.planId() == null
                ? null
                : QuarkusTransaction.requiringNew()
                        .call(() -> plans.findByIdOptional(request.planId())
                                .map(Plan::terms)
                                .orElse(null));
        Outcome<Optional<Previewed>> previewed =
                Outcome.await(ledger.read(request.accountId(), account -> preview(account, request, plan, ifMatch)));
        return previewed.fold(
                (preview, replayed) -> Outcome.accepted(preview.orElseThrow(Subscriptions::noPlan)), Outcome::refused);
    }

    /** Empty: there is neither a plan nor a subscription. */
    private static Outcome<Optional<Previewed>> preview(
            AccountView account,
            SubscriptionDecision.Request request,
            @Nullable PlanTerms plan,
            @Nullable IfMatch ifMatch) {
        SubscriptionView view = SubscriptionView.of(account);
        Version seen = SubscriptionView.versionOf(view);
        if (ifMatch != null && !ifMatch.matches(seen)) {
            return Outcome.refused(SubscriptionRefusals.otherVersion());
        }
        if (request.planId() != null && plan == null) {
            return Outcome.refused(SubscriptionRefusals.noSuchPlan(request.planId()));
        }
        if (view == null && plan == null) {
            return Outcome.accepted(Optional.empty());
        }
        try {
            return Outcome.accepted(Optional.of(new Previewed(ChangePreview.of(account, request, plan), seen)));
        } catch (ArithmeticException uncountable) {
            return Outcome.refused(SubscriptionRefusals.uncountable());
        }
    }

    private static InvalidInput noPlan() {
        return new InvalidInput("plan", "must name a plan: the account has no subscription yet");
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
            case PLAN -> CompletableFuture.failedStage(noPlan());
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
