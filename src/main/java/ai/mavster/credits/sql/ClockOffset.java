package ai.mavster.credits.sql;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How far this process's clock is from the database's, at start and now and then: processes that share a database are
 * apart by no more than the sum of theirs. A metric, and a warning in the log beyond a limit.
 */
@Singleton
@Startup
class ClockOffset {

    private static final Logger LOG = Logger.getLogger(ClockOffset.class);

    /** The one with the shortest round trip says it best. */
    private static final int TRIES = 3;

    private final AgroalDataSource database;
    private final Clock clock;
    private final Duration limit;
    private final AtomicReference<@Nullable Duration> offset = new AtomicReference<>();

    ClockOffset(
            MeterRegistry registry,
            AgroalDataSource database,
            Clock clock,
            @ConfigProperty(name = "credits.clock.limit") Duration limit) {
        this.database = database;
        this.clock = clock;
        this.limit = limit;
        Gauge.builder("clock.offset", this::seconds)
                .baseUnit("seconds")
                .description("How far this process's clock is ahead of the database's; negative: behind.")
                .register(registry);
    }

    /**
     * What the database's clock said between two instants of ours.
     *
     * @param before when it was asked
     * @param after when its answer was there
     */
    record Reading(Instant before, Instant database, Instant after) {

        Duration roundTrip() {
            return Duration.between(before, after);
        }

        /** Ours less the database's, exact to half the round trip. */
        Duration offset() {
            return Duration.between(database, before.plus(roundTrip().dividedBy(2)));
        }
    }

    @Scheduled(every = "{credits.metrics.every}", concurrentExecution = ConcurrentExecution.SKIP)
    void measure() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT clock_timestamp()")) {
            Reading best = read(statement);
            for (int i = 1; i < TRIES; i++) {
                Reading next = read(statement);
                best = next.roundTrip().compareTo(best.roundTrip()) < 0 ? next : best;
            }
            tell(best.offset());
        } catch (SQLException e) {
            offset.set(null);
            LOG.debugf("The database's clock was not read: %s", e.getMessage());
        }
    }

    private Reading read(PreparedStatement statement) throws SQLException {
        Instant before = clock.instant();
        try (ResultSet row = statement.executeQuery()) {
            Instant after = clock.instant();
            row.next();
            return new Reading(before, row.getObject(1, OffsetDateTime.class).toInstant(), after);
        }
    }

    /** Once when it goes beyond the limit, and once when it is back. */
    private void tell(Duration now) {
        boolean was = isBeyond(offset.getAndSet(now));
        if (isBeyond(now) && !was) {
            LOG.warnf(
                    "The clock of this process is %s ahead of the database's (negative: behind), and %s are allowed: synchronize both",
                    now, limit);
        } else if (was && !isBeyond(now)) {
            LOG.infof("The clock of this process is %s ahead of the database's, within the limit again", now);
        }
    }

    private boolean isBeyond(@Nullable Duration measured) {
        return measured != null && measured.abs().compareTo(limit) > 0;
    }

    private @Nullable Number seconds() {
        Duration measured = offset.get();
        return measured == null ? null : measured.toNanos() / 1e9;
    }
}
