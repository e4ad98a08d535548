package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.sql.Connections;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What became of payment events: of this process what it has done, and of the whole database what is waiting. */
@Singleton
class InboxMetrics {

    private static final Logger LOG = Logger.getLogger(InboxMetrics.class);

    private static final String WAITING = """
            SELECT count(*), min(received_at)
            FROM (SELECT received_at FROM provider_event WHERE status = 'received' ORDER BY received_at LIMIT 10000) e""";

    private static final String UNEXPLAINED = """
            SELECT count(*)
            FROM (SELECT received_at FROM provider_event WHERE status = 'unexplained' ORDER BY received_at LIMIT 10000) e""";

    private final MeterRegistry registry;
    private final Connections connections;
    private final Clock clock;
    private final AtomicReference<@Nullable Backlog> backlog = new AtomicReference<>();

    /** What is waiting, each counted up to ten thousand. */
    private record Backlog(long waiting, Duration oldest, long unexplained) {}

    InboxMetrics(MeterRegistry registry, Connections connections, Clock clock) {
        this.registry = registry;
        this.connections = connections;
        this.clock = clock;
        gauge("payment.events.pending", "Payment events that are to be processed, up to 10000.", Backlog::waiting);
        gauge(
                "payment.events.pending.oldest.seconds",
                "How long ago the oldest of them was received; 0: there is none.",
                known -> known.oldest().toMillis() / 1e3);
        gauge(
                "payment.events.unexplained",
                "Payment events that a person has to see to, up to 10000.",
                Backlog::unexplained);
        for (PaymentGateway.Provider provider : PaymentGateway.Provider.values()) {
            for (EventStatus status : EventStatus.values()) {
                var unused = handled(provider, status);
            }
        }
    }

    private void gauge(String name, String description, Function<Backlog, Number> figure) {
        Gauge.builder(name, () -> figure(figure))
                .description(description + " In the whole database; not a number while that is unknown.")
                .register(registry);
    }

    private @Nullable Number figure(Function<Backlog, Number> figure) {
        Backlog known = backlog.get();
        return known == null ? null : figure.apply(known);
    }

    /** {@code received}: it is tried again. */
    void ended(PaymentGateway.Provider provider, EventStatus status) {
        handled(provider, status).increment();
    }

    private Counter handled(PaymentGateway.Provider provider, EventStatus status) {
        return Counter.builder("payment.events.handled")
                .description("Objects that a payment provider was asked for because of events, by what came of it.")
                .tag("provider", provider.id())
                .tag("outcome", status == EventStatus.RECEIVED ? "retried" : status.id())
                .register(registry);
    }

    /** Now and then rather than at each scrape. */
    @Scheduled(every = "{credits.metrics.every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void read() {
        try (Connection connection = connections.afterCommit();
                Statement statement = connection.createStatement()) {
            ResultSet waiting = statement.executeQuery(WAITING);
            waiting.next();
            long count = waiting.getLong(1);
            Timestamp since = waiting.getTimestamp(2);
            ResultSet unexplained = statement.executeQuery(UNEXPLAINED);
            unexplained.next();
            backlog.set(new Backlog(count, age(since, clock.instant()), unexplained.getLong(1)));
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            backlog.set(null);
            LOG.debugf("Payment events were not counted: %s", e.getMessage());
        }
    }

    private static Duration age(@Nullable Timestamp since, Instant now) {
        return since == null || since.toInstant().isAfter(now)
                ? Duration.ZERO
                : Duration.between(since.toInstant(), now);
    }
}
