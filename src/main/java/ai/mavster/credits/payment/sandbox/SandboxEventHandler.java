package ai.mavster.credits.payment.sandbox;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.Payments;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.inbox.DueObject;
import ai.mavster.credits.payment.inbox.EventHandler;
import ai.mavster.credits.payment.inbox.Handled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** The sandbox's events: each is about a payment, or a subscription. */
@Singleton
class SandboxEventHandler implements EventHandler {

    private final SandboxGateway gateway;
    private final SandboxSubscriptions subscriptions;
    private final Payments payments;
    private final Clock clock;

    SandboxEventHandler(SandboxGateway gateway, SandboxSubscriptions subscriptions, Payments payments, Clock clock) {
        this.subscriptions = subscriptions;
        this.gateway = gateway;
        this.payments = payments;
        this.clock = clock;
    }

    @Override
    public PaymentGateway.Provider provider() {
        return PaymentGateway.Provider.SANDBOX;
    }

    @Override
    public Handled handle(DueObject object) {
        if (SandboxSubscriptionRow.isOne(object.objectId())) {
            return subscriptions.follow(object);
        }
        Instant asked = clock.instant();
        ProviderPayment state = gateway.payment(object.objectId());
        return state == null
                ? Handled.unexplained(null, "The provider has no such payment")
                : Handled.of(Outcome.join(payments.apply(state, asked, object.author())));
    }
}
