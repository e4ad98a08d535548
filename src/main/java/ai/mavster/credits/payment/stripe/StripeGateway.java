package ai.mavster.credits.payment.stripe;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.payment.stripe.client.StripeApi;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeCollection;
import com.stripe.model.checkout.Session;
import com.stripe.param.PaymentIntentListParams;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Payments by Stripe: at its Checkout, or with a card that was saved there. */
@Singleton
class StripeGateway implements PaymentGateway {

    private static final long PAGE = 100;

    private final StripeApi stripe;
    private final PresentPayments present;
    private final CheckoutPages pages;
    private final CardCharges charges;
    private final ExistingPayments existing;

    StripeGateway(
            StripeApi stripe,
            PresentPayments present,
            CheckoutPages pages,
            CardCharges charges,
            ExistingPayments existing) {
        this.stripe = stripe;
        this.present = present;
        this.pages = pages;
        this.charges = charges;
        this.existing = existing;
    }

    @Override
    public Provider provider() {
        return Provider.STRIPE;
    }

    @Override
    public List<String> paymentMethods() {
        return List.of();
    }

    @Override
    public List<String> pageOrigins() {
        return List.of("https://checkout.stripe.com", "https://billing.stripe.com");
    }

    @Override
    public CheckoutPage open(Order order, Instant expiresAt) {
        Session page = pages.open(order, units(order), expiresAt);
        if (page.getUrl() == null) {
            throw GatewayFailure.nothingDone("The page at Stripe is " + page.getStatus(), null, null);
        }
        return new CheckoutPage(page.getId(), page.getUrl());
    }

    @Override
    public void close(String pageId) {
        pages.close(pageId);
    }

    @Override
    public ProviderPayment charge(Order order, @Nullable String paymentMethod) {
        return charges.charge(order, units(order), paymentMethod);
    }

    private static long units(Order order) {
        try {
            return MinorUnits.of(order.price());
        } catch (InvalidInput finer) {
            throw GatewayFailure.nothingDone("The price " + finer.message(), null, null);
        }
    }

    @Override
    public ProviderPayment cancel(String paymentId) {
        if (PresentPayments.isPage(paymentId)) {
            pages.close(paymentId);
        } else if (!canceled(paymentId)) {
            present.pageOf(paymentId).map(Session::getId).ifPresent(pages::close);
        }
        ProviderPayment now = present.of(paymentId);
        if (now == null) {
            throw GatewayFailure.nothingDone("There is no such payment at Stripe", null, null);
        }
        return now;
    }

    /** One that a page has made ends with the page only; and one that has ended stays as it is. */
    private boolean canceled(String intentId) {
        return stripe.ask(services -> {
            try {
                services.paymentIntents().cancel(intentId);
                return true;
            } catch (InvalidRequestException asItIs) {
                return false;
            }
        });
    }

    @Override
    public @Nullable ProviderPayment payment(String paymentId) {
        return present.of(paymentId);
    }

    @Override
    public List<ProviderPayment> paymentsFor(Purchase purchase) {
        return existing.paymentsFor(purchase);
    }

    @Override
    public Page payments(Instant from, Instant to, @Nullable String cursor) {
        PaymentIntentListParams asked = PaymentIntentListParams.builder()
                .setCreated(PaymentIntentListParams.Created.builder()
                        .setGte(from.getEpochSecond())
                        .setLt(to.getEpochSecond())
                        .build())
                .setLimit(PAGE)
                .setStartingAfter(cursor)
                .addExpand("data." + PresentPayments.CHARGE)
                .build();
        StripeCollection<PaymentIntent> found =
                stripe.ask(services -> services.paymentIntents().list(asked));
        List<PaymentIntent> intents = found.getData();
        String next = Boolean.TRUE.equals(found.getHasMore())
                ? intents.get(intents.size() - 1).getId()
                : null;
        return new Page(
                intents.stream().map(present::ofAny).flatMap(Optional::stream).toList(), next);
    }
}
