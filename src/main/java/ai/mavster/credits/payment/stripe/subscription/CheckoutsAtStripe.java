package ai.mavster.credits.payment.stripe.subscription;

import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.stripe.client.StripeApi;
import ai.mavster.credits.payment.subscription.SubscriptionGateway.Order;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionListParams;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The one page at Stripe's Checkout where an account pays for a new subscription. Of two that are open both could be
 * paid, so the one that there is is gone on with, or closed for another plan.
 */
@Singleton
class CheckoutsAtStripe {

    /** Longer than a page is open at Stripe. */
    private static final Duration OPEN_WITHIN = Duration.ofHours(25);

    /** So long is a request for a page the same: a key answers for a day what it has answered first, be it a fault. */
    private static final long SAME_SECONDS = 600;

    private static final long MOST = 100;
    private static final String PRICE = "price";

    private final StripeApi stripe;
    private final Clock clock;

    CheckoutsAtStripe(StripeApi stripe, Clock clock) {
        this.stripe = stripe;
        this.clock = clock;
    }

    /** The subscriptions that were paid for lately, the newest first; what is announced of them may not be here yet. */
    List<String> subscribedLately(String customer) {
        return lately(customer).stream()
                .filter(page -> "complete".equals(page.getStatus()))
                .map(Session::getSubscription)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * The address of the page.
     *
     * @param wanted what it is to be made with
     * @param price that it is for
     */
    String page(Order order, String customer, String price, SessionCreateParams.Builder wanted) {
        List<Session> lately = lately(customer);
        List<Session> open =
                lately.stream().filter(page -> "open".equals(page.getStatus())).toList();
        Optional<Session> same =
                open.stream().filter(page -> isFor(page, price)).findFirst();
        open.stream()
                .filter(page -> same.isEmpty() || !same.get().getId().equals(page.getId()))
                .forEach(this::close);
        Session page = same.orElseGet(() -> made(order, lately, wanted.putMetadata(PRICE, price)));
        return Optional.ofNullable(page.getUrl())
                .orElseThrow(() -> GatewayFailure.nothingDone("The page at Stripe has no address", null, null));
    }

    private static boolean isFor(Session page, String price) {
        return page.getUrl() != null
                && page.getMetadata() != null
                && price.equals(page.getMetadata().get(PRICE));
    }

    private List<Session> lately(String customer) {
        Instant since = clock.instant().minus(OPEN_WITHIN);
        SessionListParams asked = SessionListParams.builder()
                .setCustomer(customer)
                .setCreated(SessionListParams.Created.builder()
                        .setGte(since.getEpochSecond())
                        .build())
                .setLimit(MOST)
                .build();
        return stripe.ask(services -> services.checkout().sessions().list(asked)).getData().stream()
                .filter(page -> "subscription".equals(page.getMode()))
                .toList();
    }

    /** Asked for twice at once it is one page: the key is the same until there is a page. For another plan it is refused. */
    private Session made(Order order, List<Session> lately, SessionCreateParams.Builder wanted) {
        String last = lately.isEmpty() ? "none" : lately.get(0).getId();
        String key = "subscription:" + order.accountId() + ":after:" + last + ":"
                + clock.instant().getEpochSecond() / SAME_SECONDS;
        return stripe.ask(services -> services.checkout().sessions().create(wanted.build(), StripeApi.under(key)));
    }

    private void close(Session page) {
        boolean closed = stripe.ask(services -> {
            try {
                return "expired"
                        .equals(services.checkout()
                                .sessions()
                                .expire(page.getId())
                                .getStatus());
            } catch (InvalidRequestException notOpenAnyMore) {
                return false;
            }
        });
        if (!closed) {
            throw GatewayFailure.nothingDone("A page at Stripe was paid, or closed, at this moment", null, null);
        }
    }
}
