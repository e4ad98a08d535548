package ai.mavster.credits.recharge;

import ai.mavster.credits.recharge.terms.RechargeStatus;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How recharges go: of this process how they ended, and of the whole database what is in flight. */
@Singleton
class RechargeMetrics {

    private static final Logger LOG = Logger.getLogger(RechargeMetrics.class);

    private static final int MILLISECONDS_AT = 16;

    /** By their ids, which sort by when they were made. */
    private static final String IN_FLIGHT = """
            SELECT count(*), (array_agg(recharge_id ORDER BY recharge_id))[1]
            FROM (SELECT recharge_id FROM recharge_queue ORDER BY account_id, recharge_id LIMIT 10000) q""";

    private final Connections connections;
    private final Clock clock;
    private final Map<RechargeStatus, Counter> ended = new EnumMap<>(RechargeStatus.class);
    private final AtomicReference<@Nullable InFlight> inFlight = new AtomicReference<>();

    private record InFlight(long recharges, Duration oldest) {}

    RechargeMetrics(MeterRegistry registry, Connections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
        for (RechargeStatus status : RechargeStatus.values()) {
            if (!status.isOpen()) {
                ended.put(
                        status,
                        Counter.builder("credits.recharges")
                                .description("Recharges that have ended, by how.")
                                .tag("status", status.id())
                                .register(registry));
            }
        }
        gauge(registry, "recharges.in.flight", "Recharges that have not ended, up to 10000.", InFlight::recharges);
        gauge(
                registry,
                "recharges.in.flight.oldest.seconds",
                "How long ago the oldest of them was made; 0: there is none.",
                known -> known.oldest().toMillis() / 1e3);
    }

    private void gauge(MeterRegistry registry, String name, String description, Function<InFlight, Number> figure) {
        Gauge.builder(name, () -> figure(figure))
                .description(description + " In the whole database; not a number while that is unknown.")
                .register(registry);
    }

    private @Nullable Number figure(Function<InFlight, Number> figure) {
        InFlight known = inFlight.get();
        return known == null ? null : figure.apply(known);
    }

    /** Called after the commit. */
    void ended(RechargeStatus status) {
        Objects.requireNonNull(ended.get(status)).increment();
    }

    /** Now and then rather than at each scrape. */
    @Scheduled(every = "{credits.metrics.every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void read() {
        try (Connection connection = connections.afterCommit();
                Statement statement = connection.createStatement()) {
            ResultSet found = statement.executeQuery(IN_FLIGHT);
            found.next();
            inFlight.set(new InFlight(found.getLong(1), age(found.getObject(2, UUID.class))));
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            inFlight.set(null);
            LOG.debugf("Recharges were not counted: %s", e.getMessage());
        }
    }

    private Duration age(@Nullable UUID oldest) {
        Instant now = clock.instant();
        Instant made = oldest == null ? now : Instant.ofEpochMilli(oldest.getMostSignificantBits() >>> MILLISECONDS_AT);
        return made.isAfter(now) ? Duration.ZERO : Duration.between(made, now);
    }
}
