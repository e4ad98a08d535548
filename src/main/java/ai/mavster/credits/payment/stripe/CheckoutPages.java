package ai.mavster.credits.payment.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.mavster.credits.http.PublicUrl;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.PaymentGateway.Order;
import ai.mavster.credits.payment.stripe.client.StripeApi;
import ai.mavster.credits.payment.stripe.customer.Customers;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** CheckoutPages where customers pay: Stripe's Checkout. The card that is used there is saved for auto-recharge. */
@Singleton
class CheckoutPages {

    /** Stripe takes no more than 24 hours from when it makes the page, by its own clock. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    private final StripeApi stripe;
    private final Customers customers;
    private final ExistingPayments existing;
    private final PublicUrl publicUrl;

    CheckoutPages(StripeApi stripe, Customers customers, ExistingPayments existing, PublicUrl publicUrl) {
        this.stripe = stripe;
        this.customers = customers;
        this.existing = existing;
        this.publicUrl = publicUrl;
    }

    /** The page of a purchase: made now, or before. */
    Session open(Order order, long units, Instant expiresAt) {
        String customer =
                customers.of(order.purchase().accountId(), order.email()).getId();
        SessionCreateParams wanted = wanted(order, units, customer, expiresAt);
        String key = order.purchase().id().toString();
        try {
            return stripe.ask(services -> services.checkout().sessions().create(wanted, StripeApi.under(key)));
        } catch (GatewayFailure failure) {
            return before(order).orElseThrow(() -> failure);
        }
    }

    /**
     * One that there is nevertheless: the key answers for ever what it has answered first, be that a fault of Stripe's
     * own; and it refuses what is asked for in other words, as after a change of the address.
     */
    private Optional<Session> before(Order order) {
        return existing.pages(order.purchase()).stream()
                .filter(page -> page.getUrl() != null)
                .findFirst();
    }

    private SessionCreateParams wanted(Order order, long units, String customer, Instant expiresAt) {
        Map<String, String> metadata = PurchaseMetadata.of(order.purchase());
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setCustomer(customer)
                .setClientReferenceId(order.purchase().id().toString())
                .putAllMetadata(metadata)
                .setPaymentIntentData(SessionCreateParams.PaymentIntentData.builder()
                        .putAllMetadata(metadata)
                        .setDescription(order.description())
                        .setSetupFutureUsage(SessionCreateParams.PaymentIntentData.SetupFutureUsage.OFF_SESSION)
                        .build())
                .addLineItem(SessionCreateParams.LineItem.builder()
                        .setQuantity(1L)
                        .setPriceData(SessionCreateParams.LineItem.PriceData.builder()
                                .setCurrency(lowerCase(order))
                                .setUnitAmount(units)
                                .setProductData(SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                        .setName(order.description())
                                        .build())
                                .build())
                        .build())
                .setExpiresAt(expiresAt.minus(CLOCK_SKEW).getEpochSecond())
                .setSuccessUrl(back(order, "paid"))
                .setCancelUrl(back(order, "canceled"))
                .build();
    }

    static String lowerCase(Order order) {
        return order.price().currency().toLowerCase(Locale.ROOT);
    }

    private String back(Order order, String outcome) {
        return publicUrl + "/billing/top-up?account="
                + URLEncoder.encode(order.purchase().accountId(), UTF_8) + "&outcome=" + outcome;
    }

    /** One that is closed, or was paid at, stays as it is. */
    void close(String pageId) {
        stripe.ask(services -> {
            try {
                return Optional.of(services.checkout().sessions().expire(pageId));
            } catch (InvalidRequestException asItIs) {
                return Optional.<Session>empty();
            }
        });
    }
}
