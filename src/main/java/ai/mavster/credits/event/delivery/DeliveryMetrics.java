package ai.mavster.credits.event.delivery;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.sql.Connections;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How deliveries go: of this process what it has done, and of the whole database what is waiting. */
@Singleton
class DeliveryMetrics {

    private static final Logger LOG = Logger.getLogger(DeliveryMetrics.class);

    /** What came of an attempt. */
    enum Outcome {
        /** The event was taken. */
        DELIVERED,
        /** It will be tried again. */
        RETRIED,
        /** It will not. */
        FAILED
    }

    private final Connections connections;
    private final Clock clock;
    private final Map<Outcome, Timer> attempts = new EnumMap<>(Outcome.class);
    private final Counter disabled;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<@Nullable Backlog> backlog = new AtomicReference<>();

    DeliveryMetrics(MeterRegistry registry, Connections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
        for (Outcome outcome : Outcome.values()) {
            attempts.put(
                    outcome,
                    Timer.builder("webhook.attempts")
                            .description("Attempts to deliver an event to a webhook endpoint, and how long they took.")
                            .tag("outcome", EnumId.of(outcome))
                            .register(registry));
        }
        disabled = Counter.builder("webhook.endpoints.disabled")
                .description(
                        "Webhook endpoints that were disabled because they were gone, or took nothing for too long.")
                .register(registry);
        Gauge.builder("webhook.in.flight", inFlight::get)
                .description("Places in the queues of webhook endpoints that this process is at.")
                .register(registry);
        gauge(registry, "events.undispatched", "Events that were not handed on yet, up to 10000.", Backlog::events);
        gauge(
                registry,
                "events.undispatched.oldest.seconds",
                "How long ago the oldest of them was written; 0: there is none.",
                known -> seconds(known.oldestEvent()));
        gauge(
                registry,
                "webhook.pending",
                "Deliveries that are pending, up to 10000, to endpoints that are enabled.",
                Backlog::deliveries);
        gauge(
                registry,
                "webhook.pending.oldest.seconds",
                "How long the oldest of them has been pending; 0: there is none.",
                known -> seconds(known.oldestDelivery()));
    }

    private void gauge(MeterRegistry registry, String name, String description, Function<Backlog, Number> figure) {
        Gauge.builder(name, () -> figure(figure))
                .description(description + " In the whole database; not a number while that is unknown.")
                .register(registry);
    }

    private @Nullable Number figure(Function<Backlog, Number> figure) {
        Backlog known = backlog.get();
        return known == null ? null : figure.apply(known);
    }

    private static Number seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    void ended(Attempt attempt, Outcome outcome) {
        Objects.requireNonNull(attempts.get(outcome)).record(attempt.took());
    }

    void disabled() {
        disabled.increment();
    }

    void began() {
        inFlight.incrementAndGet();
    }

    void left() {
        inFlight.decrementAndGet();
    }

    /** Now and then rather than at each scrape. */
    @Scheduled(every = "{credits.metrics.every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void read() {
        try (Connection connection = connections.afterCommit()) {
            backlog.set(Backlog.read(connection, clock.instant()));
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            backlog.set(null);
            LOG.debugf("What is to be delivered was not counted: %s", e.getMessage());
        }
    }
}
