package ai.mavster.credits.payment.stripe.event;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.Payments;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.inbox.DueObject;
import ai.mavster.credits.payment.inbox.EventHandler;
import ai.mavster.credits.payment.inbox.Handled;
import ai.mavster.credits.payment.stripe.PresentPayments;
import ai.mavster.credits.payment.stripe.client.StripeApi;
import ai.mavster.credits.payment.stripe.subscription.StripeSubscriptions;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Refund;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Fetches what Stripe's events are about, and applies what it is now. */
@Singleton
class StripeEventHandler implements EventHandler {

    private final StripeApi stripe;
    private final PresentPayments present;
    private final Payments payments;
    private final StripeSubscriptions subscriptions;
    private final Clock clock;

    StripeEventHandler(
            StripeApi stripe,
            PresentPayments present,
            Payments payments,
            StripeSubscriptions subscriptions,
            Clock clock) {
        this.stripe = stripe;
        this.present = present;
        this.payments = payments;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    @Override
    public PaymentGateway.Provider provider() {
        return PaymentGateway.Provider.STRIPE;
    }

    /** All events of one object are of one kind. */
    @Override
    public Handled handle(DueObject object) {
        String id = object.objectId();
        return switch (Concern.of(object.newest().type()).orElseThrow()) {
            case PAGE, PAYMENT -> payment(id, object);
            case CHARGE -> paymentOf(charge(id), Charge::getPaymentIntent, object);
            case REFUND -> paymentOf(refund(id), Refund::getPaymentIntent, object);
            case DISPUTE -> paymentOf(dispute(id), Dispute::getPaymentIntent, object);
            case SUBSCRIPTION -> subscriptions.follow(id, object.author());
            case INVOICE -> subscriptions.ofInvoice(id, object.author());
        };
    }

    private Optional<Charge> charge(String id) {
        return stripe.find(services -> services.charges().retrieve(id));
    }

    private Optional<Refund> refund(String id) {
        return stripe.find(services -> services.refunds().retrieve(id));
    }

    private Optional<Dispute> dispute(String id) {
        return stripe.find(services -> services.disputes().retrieve(id));
    }

    private <T> Handled paymentOf(Optional<T> found, Function<T, String> intent, DueObject object) {
        if (found.isEmpty()) {
            return unknown();
        }
        Optional<String> id = found.map(intent);
        return id.isPresent() ? payment(id.get(), object) : noPurchase();
    }

    private Handled payment(String id, DueObject object) {
        Instant fetchedAt = clock.instant();
        ProviderPayment state = present.of(id);
        if (state == null) {
            return unknown();
        }
        return state.purchase() == null
                ? noPurchase()
                : Handled.of(Outcome.join(payments.apply(state, fetchedAt, object.author())));
    }

    private static Handled unknown() {
        return Handled.unexplained(null, "There is no such object at Stripe");
    }

    /** Other business of the same account at Stripe, such as the invoices of subscriptions. */
    private static Handled noPurchase() {
        return Handled.ignored("It is for no purchase of this service's");
    }
}
