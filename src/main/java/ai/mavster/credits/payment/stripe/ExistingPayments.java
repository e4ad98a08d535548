package ai.mavster.credits.payment.stripe;

import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.payment.stripe.client.StripeApi;
import ai.mavster.credits.payment.stripe.customer.Customers;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.checkout.SessionListParams;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe has made for a purchase, where no answer says so. Looked up by the customer and the time, which sees at
 * once what was made; searching by metadata may not for a minute.
 */
@Singleton
class ExistingPayments {

    private static final long PAGE = 100;

    /** Of one customer that is few payments more, and whatever clocks do. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final StripeApi stripe;
    private final PresentPayments present;
    private final Customers customers;
    private final Clock clock;

    ExistingPayments(StripeApi stripe, PresentPayments present, Customers customers, Clock clock) {
        this.stripe = stripe;
        this.present = present;
        this.customers = customers;
        this.clock = clock;
    }

    /** Newest first. */
    List<ProviderPayment> paymentsFor(Purchase purchase) {
        return switch (purchase.kind()) {
            case CHECKOUT -> pages(purchase).stream().map(present::of).toList();
            case RECHARGE -> intents(purchase).stream().map(present::of).toList();
        };
    }

    /** The pages of a purchase, with their intents. */
    List<Session> pages(Purchase purchase) {
        String customer = customers.idOf(purchase.accountId());
        if (customer == null) {
            return List.of();
        }
        return all(
                last -> stripe.ask(services -> services.checkout()
                                .sessions()
                                .list(SessionListParams.builder()
                                        .setCustomer(customer)
                                        .setCreated(SessionListParams.Created.builder()
                                                .setGte(since(purchase))
                                                .build())
                                        .setLimit(PAGE)
                                        .setStartingAfter(last)
                                        .addExpand("data.payment_intent." + PresentPayments.CHARGE)
                                        .build()))
                        .getData(),
                Session::getId,
                page -> purchase.equals(PurchaseMetadata.read(page.getMetadata())));
    }

    private List<PaymentIntent> intents(Purchase purchase) {
        String customer = customers.idOf(purchase.accountId());
        if (customer == null) {
            return List.of();
        }
        return all(
                last -> stripe.ask(services -> services.paymentIntents()
                                .list(PaymentIntentListParams.builder()
                                        .setCustomer(customer)
                                        .setCreated(PaymentIntentListParams.Created.builder()
                                                .setGte(since(purchase))
                                                .build())
                                        .setLimit(PAGE)
                                        .setStartingAfter(last)
                                        .addExpand("data." + PresentPayments.CHARGE)
                                        .build()))
                        .getData(),
                PaymentIntent::getId,
                intent -> purchase.equals(PurchaseMetadata.read(intent.getMetadata())));
    }

    /** When a purchase was made, or before: its id begins with that time, unless the clock was set back then. */
    private long since(Purchase purchase) {
        Instant now = clock.instant();
        Instant made = Instant.ofEpochMilli(purchase.id().getMostSignificantBits() >>> 16);
        return (made.isAfter(now) ? now : made).minus(MARGIN).getEpochSecond();
    }

    private static <T> List<T> all(
            Function<@Nullable String, List<T>> read, Function<T, String> id, Function<T, Boolean> wanted) {
        List<T> found = new ArrayList<>();
        List<T> page = read.apply(null);
        while (true) {
            page.stream().filter(wanted::apply).forEach(found::add);
            if (page.size() < PAGE) {
                return found;
            }
            page = read.apply(id.apply(page.get(page.size() - 1)));
        }
    }
}
