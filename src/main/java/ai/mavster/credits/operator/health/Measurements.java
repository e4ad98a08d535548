package ai.mavster.credits.operator.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the metrics say now. Null: they do not know, or there is no such metric. */
@Singleton
class Measurements {

    private final MeterRegistry registry;

    Measurements(MeterRegistry registry) {
        this.registry = registry;
    }

    /** All of this name together, whatever their labels. */
    @Nullable
    BigDecimal gauges(String name) {
        return sum(registry.find(name).gauges());
    }

    /** Those of one pool of connections. */
    @Nullable
    BigDecimal gauges(String name, String datasource) {
        return sum(registry.find(name).tag("datasource", datasource).gauges());
    }

    private static @Nullable BigDecimal sum(Collection<Gauge> gauges) {
        return gauges.isEmpty() || gauges.stream().anyMatch(gauge -> !Double.isFinite(gauge.value()))
                ? null
                : gauges.stream()
                        .map(gauge -> BigDecimal.valueOf(gauge.value()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Since the process has started. */
    @Nullable
    BigDecimal counted(String name) {
        Collection<Counter> counters = registry.find(name).counters();
        return counters.isEmpty()
                ? null
                : counters.stream()
                        .map(counter -> BigDecimal.valueOf(counter.count()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** In seconds, on the average since the process has started. */
    @Nullable
    BigDecimal meanTime(String name) {
        Timer timer = registry.find(name).timer();
        return timer == null || timer.count() == 0
                ? null
                : BigDecimal.valueOf(timer.totalTime(TimeUnit.SECONDS))
                        .divide(BigDecimal.valueOf(timer.count()), MathContext.DECIMAL32);
    }

    /** How many commands are committed together, on the average since the process has started. */
    @Nullable
    BigDecimal batchSize() {
        return Stream.ofNullable(registry.find("ledger.batch.size").summary())
                .filter(summary -> summary.count() > 0)
                .map(summary -> BigDecimal.valueOf(summary.totalAmount())
                        .divide(BigDecimal.valueOf(summary.count()), MathContext.DECIMAL32))
                .findFirst()
                .orElse(null);
    }
}
