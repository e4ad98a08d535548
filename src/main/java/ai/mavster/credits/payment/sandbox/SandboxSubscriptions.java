package ai.mavster.credits.payment.sandbox;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.PublicUrl;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.inbox.DueObject;
import ai.mavster.credits.payment.inbox.Handled;
import ai.mavster.credits.payment.subscription.SubscriptionGateway;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.Subscriptions;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.terms.PlanChange;
import ai.mavster.credits.subscription.terms.ProviderSubscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Subscriptions that are paid with play money: what a page has confirmed is announced, fetched, and followed. */
@Singleton
class SandboxSubscriptions implements SubscriptionGateway {

    private final SandboxBank bank;
    private final SandboxSubscriptionRepository repository;
    private final Subscriptions subscriptions;
    private final Ledger ledger;
    private final PublicUrl publicUrl;

    SandboxSubscriptions(
            SandboxBank bank,
            SandboxSubscriptionRepository repository,
            Subscriptions subscriptions,
            Ledger ledger,
            PublicUrl publicUrl) {
        this.bank = bank;
        this.repository = repository;
        this.subscriptions = subscriptions;
        this.ledger = ledger;
        this.publicUrl = publicUrl;
    }

    @Override
    public PaymentGateway.Provider provider() {
        return PaymentGateway.Provider.SANDBOX;
    }

    @Override
    public boolean hasMade(String subscriptionId) {
        return SandboxSubscriptionRow.isOne(subscriptionId);
    }

    private static <A> A asked(Callable<A> work) {
        try {
            return QuarkusTransaction.requiringNew().call(work);
        } catch (RuntimeException e) {
            throw GatewayFailure.unknownOutcome("The sandbox is out of reach", e);
        }
    }

    /** A new page each time: what was ordered before and not paid is forgotten. */
    @Override
    public String page(Order order) {
        return asked(() -> {
            SandboxSubscriptionRow known = repository.locked(order.accountId());
            SandboxSubscriptionRow row = known == null ? new SandboxSubscriptionRow() : known;
            row.pageId = bank.secret();
            row.token = bank.secret();
            row.orderedPlanId = order.planId();
            row.description = order.planName();
            row.open = true;
            if (known == null) {
                row.accountId = order.accountId();
                row.createdAt = bank.now();
                repository.persistAndFlush(row);
            }
            return publicUrl + SandboxPages.SUBSCRIPTIONS + row.pageId;
        });
    }

    @Override
    public void cancelAtPeriodEnd(String subscriptionId, boolean cancels) {
        asked(() -> {
            SandboxSubscriptionRow row = repository.locked(SandboxSubscriptionRow.accountOf(subscriptionId));
            if (row == null) {
                throw new IllegalStateException("There is no subscription " + subscriptionId);
            }
            row.cancelAtPeriodEnd = cancels;
            bank.announce(subscriptionId, "subscription.updated", bank.now());
            return true;
        });
    }

    /** Makes the account's subscription what it is here. */
    Handled follow(DueObject object) {
        Instant fetchedAt = bank.now();
        String accountId = SandboxSubscriptionRow.accountOf(object.objectId());
        SandboxSubscriptionRow row = asked(() -> repository.list("accountId", accountId)).stream()
                .findFirst()
                .orElse(null);
        if (row == null || row.planId == null) {
            return Handled.unexplained(null, "The provider has no such subscription");
        }
        if (row.cancelAtPeriodEnd && hasEnded(accountId)) {
            return Handled.processed(accountId);
        }
        return Outcome.join(subscriptions.follow(request(row, row.planId, fetchedAt), new Cause(object.author(), null)))
                .fold(
                        (view, replayed) -> Handled.processed(accountId),
                        refusal -> Handled.unexplained(accountId, refusal.code().id()));
    }

    private boolean hasEnded(String accountId) {
        return Outcome.join(ledger.read(accountId, account -> isCanceled(SubscriptionView.of(account))))
                .fold((ended, replayed) -> ended, refusal -> false);
    }

    private static boolean isCanceled(@Nullable SubscriptionView view) {
        return view != null && view.status() == SubscriptionStatus.CANCELED;
    }

    private static SubscriptionDecision.Request request(SandboxSubscriptionRow row, String planId, Instant fetchedAt) {
        return new SubscriptionDecision.Request(
                row.accountId,
                planId,
                null,
                SubscriptionStatus.ACTIVE,
                null,
                null,
                row.cancelAtPeriodEnd,
                PlanChange.NEXT_RENEWAL,
                null,
                new ProviderSubscription(row.subscriptionId(), row.createdAt, fetchedAt, null));
    }
}
