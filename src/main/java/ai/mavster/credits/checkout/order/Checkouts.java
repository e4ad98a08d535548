package ai.mavster.credits.checkout.order;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.checkout.Packs;
import ai.mavster.credits.checkout.order.OpenCheckout.Ordered;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.Purchase;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Opens checkouts. */
@Singleton
public class Checkouts {

    private static final Logger LOG = Logger.getLogger(Checkouts.class);

    private static final Duration LASTS = Duration.ofHours(24);

    /** How many wait for the provider at once: a slow one holds no more threads than that. */
    private static final int AT_ONCE = 16;

    private final Ledger ledger;
    private final Gateways gateways;
    private final Packs packs;
    private final BuyerRepository buyers;
    private final CheckoutRepository checkouts;
    private final Clock clock;
    private final Semaphore room = new Semaphore(AT_ONCE);

    Checkouts(
            Ledger ledger,
            Gateways gateways,
            Packs packs,
            BuyerRepository buyers,
            CheckoutRepository checkouts,
            Clock clock) {
        this.ledger = ledger;
        this.gateways = gateways;
        this.packs = packs;
        this.buyers = buyers;
        this.checkouts = checkouts;
        this.clock = clock;
    }

    /** A checkout with the page where it is paid. */
    record Opened(Ordered ordered, String url) {}

    /**
     * Orders a pack and makes the page where it is paid; a repeat gets the same. Blocks, also for the provider.
     *
     * @throws RefusalException if there is no provider, or it gives no answer: a repeat goes on from there
     * @throws Unavailable if the order could not be written, or too many wait for the provider
     */
    Outcome<Opened> open(String accountId, String key, String packId) {
        PaymentGateway gateway = gateways.required();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        OpenCheckout command =
                new OpenCheckout(accountId, key, packId, packs.now(packId), gateway.provider(), now, now.plus(LASTS));
        return Outcome.join(ledger.submit(command))
                .map((ordered, replayed) -> new Opened(ordered, page(gateway, accountId, ordered)));
    }

    /**
     * The same for who only goes on to that page.
     *
     * @return its address
     */
    public String pageOf(String accountId, String key, String packId) {
        return open(accountId, key, packId).orThrow().url();
    }

    private String page(PaymentGateway gateway, String accountId, Ordered ordered) {
        Checkout checkout = Objects.requireNonNull(checkouts.one(accountId, ordered.checkoutId()))
                .checkout();
        if (checkout.page() != null) {
            return checkout.page().url();
        }
        if (!room.tryAcquire()) {
            throw new Unavailable(Unavailable.Reason.OVERLOADED, null);
        }
        PaymentGateway.CheckoutPage made;
        try {
            made = gateway.open(order(accountId, ordered), ordered.expiresAt());
        } catch (GatewayFailure e) {
            LOG.warnf("The page of checkout %s could not be made: %s", ordered.checkoutId(), e.getMessage());
            throw new RefusalException(Refusal.of(
                    Refusal.Code.PAYMENT_PROVIDER_UNAVAILABLE,
                    "The payment provider gave no answer. Nothing was paid; a repeat with the same key goes on."));
        } finally {
            room.release();
        }
        Checkout recorded = Outcome.await(ledger.submit(
                new ChangePage(accountId, ordered.checkoutId(), new Checkout.PaymentPage(made.id(), made.url()))));
        return Objects.requireNonNull(recorded.page()).url();
    }

    private PaymentGateway.Order order(String accountId, Ordered ordered) {
        return new PaymentGateway.Order(
                new Purchase(accountId, Purchase.Kind.CHECKOUT, ordered.checkoutId()),
                ordered.price(),
                ordered.description(),
                buyers.email(accountId));
    }
}
