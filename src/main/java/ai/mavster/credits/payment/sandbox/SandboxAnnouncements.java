package ai.mavster.credits.payment.sandbox;

import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.inbox.Inbox;
import ai.mavster.credits.payment.inbox.ReceivedEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Announces to the service what has happened in the sandbox, when it is due. Several processes may announce the same:
 * the inbox knows it.
 */
@Singleton
class SandboxAnnouncements {

    private static final Logger LOG = Logger.getLogger(SandboxAnnouncements.class);

    private static final int AT_ONCE = 100;

    private static final int EVERY_MILLIS = 250;

    private final SandboxEventRepository events;
    private final Inbox inbox;
    private final Clock clock;
    private final boolean announces;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;

    SandboxAnnouncements(
            SandboxEventRepository events, Inbox inbox, Clock clock, Gateways gateways, SandboxSettings settings) {
        this.events = events;
        this.inbox = inbox;
        this.clock = clock;
        this.announces = settings.announce() && gateways.isConfigured(PaymentGateway.Provider.SANDBOX);
    }

    void start(@Observes StartupEvent event) {
        if (announces) {
            thread = new Thread(this::goRound, "sandbox-announcements");
            thread.start();
        }
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        if (thread != null) {
            thread.join(EVERY_MILLIS * 10L);
        }
    }

    private void goRound() {
        try {
            while (!stopped.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                announce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void announce() {
        try {
            List<SandboxEventRow> due =
                    QuarkusTransaction.requiringNew().call(() -> events.due(clock.instant(), AT_ONCE));
            for (SandboxEventRow event : due) {
                inbox.receive(new ReceivedEvent(
                        PaymentGateway.Provider.SANDBOX,
                        event.eventId,
                        event.type,
                        event.objectId,
                        event.createdAt,
                        null));
                QuarkusTransaction.requiringNew().run(() -> events.delete("eventId", event.eventId));
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debugf("What is due in the sandbox is announced the next time: %s", e.getMessage());
        }
    }
}
