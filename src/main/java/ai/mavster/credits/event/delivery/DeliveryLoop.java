package ai.mavster.credits.event.delivery;

import ai.mavster.credits.UuidV7;
import ai.mavster.credits.event.NewEvents;
import ai.mavster.credits.event.delivery.DeliveryMetrics.Outcome;
import ai.mavster.credits.event.delivery.Pending.Claim;
import ai.mavster.credits.event.webhook.WebhookSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hands on what was written, claims what is due, and has it sent: on one thread that goes round, and a few that write
 * down how attempts ended. What is under way holds neither.
 */
@Singleton
class DeliveryLoop {

    private static final Logger LOG = Logger.getLogger(DeliveryLoop.class);

    private static final int WRITERS = 3;

    /** How long it waits for news where there is nothing to do: what others have written, or has become due. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** After so many deliveries somebody else's place has its turn. */
    private static final int IN_A_ROW = 50;

    /** How long it waits, when it stops, for what is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Dispatch dispatch;
    private final DeliveryQueue queue;
    private final Sender sender;
    private final NewEvents news;
    private final WebhookSettings settings;
    private final DeliveryMetrics metrics;
    private final DeliveryTraces traces;
    private final Clock clock;
    private final Random random = new Random();
    private final ConcurrentMap<UUID, Integer> inFlight = new ConcurrentHashMap<>();

    /** One party each, and one that stops. */
    private final Phaser underWay = new Phaser(1);

    private @Nullable ExecutorService writers;
    private @Nullable Thread thread;
    private volatile boolean running;

    DeliveryLoop(
            Dispatch dispatch,
            DeliveryQueue queue,
            Sender sender,
            NewEvents news,
            WebhookSettings settings,
            DeliveryMetrics metrics,
            DeliveryTraces traces,
            Clock clock) {
        this.dispatch = dispatch;
        this.queue = queue;
        this.sender = sender;
        this.news = news;
        this.settings = settings;
        this.metrics = metrics;
        this.traces = traces;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        if (settings.deliver()) {
            start();
        }
    }

    /** Before the connections to the database go. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stop();
    }

    synchronized void start() {
        running = true;
        writers = Executors.newFixedThreadPool(WRITERS, work -> new Thread(work, "webhook-outcomes"));
        thread = new Thread(this::goRound, "webhooks");
        thread.start();
    }

    synchronized void stop() {
        running = false;
        news.happened();
        if (thread == null || writers == null) {
            return;
        }
        try {
            thread.join(PATIENCE.toMillis());
            awaitUnderWay();
            writers.shutdown();
            writers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    private void awaitUnderWay() throws InterruptedException {
        try {
            underWay.awaitAdvanceInterruptibly(underWay.arrive(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.info("Some deliveries that are under way are begun again by the next process");
        }
    }

    private void goRound() {
        boolean failing = false;
        while (running) {
            boolean more = false;
            try {
                more = turn();
                failing = false;
            } catch (SQLException | RuntimeException e) {
                if (!failing) {
                    LOG.warnf("Events are delivered once the database is there again: %s", e.getMessage());
                }
                failing = true;
            }
            if (!more) {
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

    /** Whether there was anything to do. What cannot be handed on keeps nothing from being sent. */
    private boolean turn() throws SQLException {
        // Half of what may be under way at once, where there is room for as much.
        int most = Math.max(1, settings.inFlight() / 2);
        List<UUID> busy = inFlight.entrySet().stream()
                .filter(endpoint -> endpoint.getValue() + most > settings.inFlight())
                .map(Map.Entry::getKey)
                .toList();
        List<Claim> claims = queue.claim(UuidV7.next(clock.instant()), most, busy);
        claims.forEach(this::begin);
        return dispatch.some() > 0 || !claims.isEmpty();
    }

    private void begin(Claim claim) {
        underWay.register();
        inFlight.merge(claim.endpointId(), 1, Integer::sum);
        metrics.began();
        write(claim, () -> queue.first(claim), 1);
    }

    /** What is to be sent next; null: nothing. */
    private interface Outcomes {
        @Nullable
        Pending next() throws SQLException;
    }

    /** Writes something down, and goes on with what that says is next. */
    private void write(Claim claim, Outcomes outcomes, int number) {
        try {
            writer().execute(() -> {
                Pending next = null;
                try {
                    next = outcomes.next();
                } catch (SQLException | RuntimeException e) {
                    LOG.warnf(
                            "What was delivered is delivered again, since it was not written down: %s", e.getMessage());
                } finally {
                    if (next == null) {
                        leave(claim);
                    } else {
                        send(next, number);
                    }
                }
            });
        } catch (RejectedExecutionException stopped) {
            leave(claim);
        }
    }

    private ExecutorService writer() {
        ExecutorService known = writers;
        if (known == null) {
            throw new RejectedExecutionException();
        }
        return known;
    }

    private void send(Pending pending, int number) {
        sender.send(pending.event(), pending.target(), pending.attempts())
                .whenComplete(
                        (attempt, never) -> write(pending.claim(), () -> finish(pending, attempt, number), number + 1));
    }

    private @Nullable Pending finish(Pending pending, Attempt attempt, int number) throws SQLException {
        Duration wait = attempt.isDelivered()
                ? null
                : RetryPlan.wait(pending.tries() + 1, attempt.retryAfter(), random.nextInt(100));
        traces.ended(pending, attempt);
        Pending next = queue.finish(pending, attempt, wait, running && number < IN_A_ROW);
        metrics.ended(
                attempt, attempt.isDelivered() ? Outcome.DELIVERED : wait == null ? Outcome.FAILED : Outcome.RETRIED);
        return next;
    }

    private void leave(Claim claim) {
        inFlight.computeIfPresent(claim.endpointId(), (endpoint, count) -> count == 1 ? null : count - 1);
        metrics.left();
        underWay.arriveAndDeregister();
        news.happened();
    }
}
