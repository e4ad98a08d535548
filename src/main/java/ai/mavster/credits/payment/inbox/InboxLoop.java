package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.inbox.InboxQueue.Claim;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has the objects asked for that events have come for: one thread claims them, and a few ask the provider. */
@Singleton
class InboxLoop {

    private static final Logger LOG = Logger.getLogger(InboxLoop.class);

    /** How long it waits for news where there is nothing to do: what others have received, or has become due. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** How long it waits, when it stops, for what is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final InboxQueue queue;
    private final News news;
    private final InboxSettings settings;
    private final InboxMetrics metrics;
    private final @Nullable EventHandler handler;
    private final Random random = new Random();
    private final Semaphore room;
    private @Nullable ExecutorService workers;
    private @Nullable Thread thread;
    private volatile boolean running;

    InboxLoop(
            InboxQueue queue,
            News news,
            InboxSettings settings,
            InboxMetrics metrics,
            Gateways gateways,
            @All List<EventHandler> handlers) {
        this.queue = queue;
        this.news = news;
        this.settings = settings;
        this.metrics = metrics;
        this.handler = handlers.stream()
                .filter(one -> gateways.isConfigured(one.provider()))
                .findFirst()
                .orElse(null);
        this.room = new Semaphore(settings.atOnce());
    }

    void start(@Observes StartupEvent event) {
        if (settings.process() && handler != null) {
            start(handler);
        }
    }

    /** Before the connections to the database go. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stop();
    }

    private synchronized void start(EventHandler configured) {
        running = true;
        ExecutorService pool =
                Executors.newFixedThreadPool(settings.atOnce(), work -> new Thread(work, "payment-events-worker"));
        workers = pool;
        thread = new Thread(() -> goRound(configured, pool), "payment-events");
        thread.start();
    }

    private synchronized void stop() {
        running = false;
        news.happened();
        if (thread == null || workers == null) {
            return;
        }
        try {
            thread.join(PATIENCE.toMillis());
            workers.shutdown();
            workers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    private void goRound(EventHandler configured, ExecutorService pool) {
        boolean failing = false;
        while (running) {
            boolean more = false;
            try {
                more = turn(configured, pool);
                failing = false;
            } catch (SQLException | RuntimeException e) {
                if (!failing) {
                    LOG.warnf("Payment events are processed once the database is there again: %s", e.getMessage());
                }
                failing = true;
            } catch (InterruptedException e) {
                running = false;
            }
            if (!more && running) {
                pause();
            }
        }
    }

    private void pause() {
        try {
            news.await(PAUSE);
        } catch (InterruptedException e) {
            running = false;
        }
    }

    /** Whether there was anything to do. Claims no more than there is room for, so that no claim ends in a queue. */
    private boolean turn(EventHandler configured, ExecutorService pool) throws SQLException, InterruptedException {
        room.acquire();
        int permits = 1 + room.drainPermits();
        List<Claim> claims;
        try {
            claims = queue.claim(configured.provider(), permits);
        } catch (SQLException | RuntimeException e) {
            room.release(permits);
            throw e;
        }
        room.release(permits - claims.size());
        claims.forEach(claim -> pool.execute(() -> process(configured, claim)));
        return !claims.isEmpty();
    }

    private void process(EventHandler configured, Claim claim) {
        try {
            handle(configured, claim);
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("A payment event is processed again, since its outcome was not recorded: %s", e.getMessage());
        } finally {
            room.release();
            news.happened();
        }
    }

    private void handle(EventHandler configured, Claim claim) throws SQLException {
        Handled handled;
        try {
            handled = configured.handle(claim.object());
        } catch (GatewayFailure e) {
            retry(claim, e.retryAfter(), "The provider gave no answer: " + e.getMessage());
            return;
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "Payment event %s is tried again",
                    claim.object().newest().eventId());
            retry(claim, null, "It could not be applied: " + e.getClass().getSimpleName());
            return;
        }
        queue.finish(claim, handled);
        metrics.ended(claim.provider(), handled.status());
    }

    private void retry(Claim claim, @Nullable Duration retryAfter, String why) throws SQLException {
        PaymentGateway.Provider provider = claim.provider();
        int attempts = claim.object().events().stream()
                .mapToInt(DueObject.Event::attempts)
                .min()
                .orElse(0);
        queue.retry(claim, RetryPlan.wait(attempts + 1, retryAfter, random.nextInt(100)), why);
        metrics.ended(provider, EventStatus.RECEIVED);
    }
}
