package ai.mavster.credits.checkout.order;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Closes pages at the provider whose checkouts were canceled. Safe with several processes, and to repeat. */
@Singleton
class PageCloser {

    private static final Logger LOG = Logger.getLogger(PageCloser.class);

    private static final int PART = 100;

    private final CheckoutRepository checkouts;
    private final Ledger ledger;
    private final Gateways gateways;

    PageCloser(CheckoutRepository checkouts, Ledger ledger, Gateways gateways) {
        this.checkouts = checkouts;
        this.ledger = ledger;
        this.gateways = gateways;
    }

    @Scheduled(every = "{credits.checkout.close-pages-every}", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        gateways.configured().ifPresent(this::closeSome);
    }

    private void closeSome(PaymentGateway gateway) {
        try {
            List<Checkout> closing = checkouts.closing(PART);
            for (Checkout checkout : closing) {
                gateway.close(Objects.requireNonNull(checkout.page()).id());
                Outcome.await(ledger.submit(new ChangePage(checkout.accountId(), checkout.checkoutId(), null)));
            }
        } catch (GatewayFailure | Unavailable e) {
            LOG.warnf("The next run goes on with the pages that are to be closed: %s", e.getMessage());
        }
    }
}
