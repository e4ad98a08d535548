package ai.mavster.credits.waiting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** How many wait, and how often they are woken. */
@Singleton
class WaitingMetrics {

    private final MeterRegistry registry;
    private final Counter wakeUps;
    private final Counter looks;

    WaitingMetrics(MeterRegistry registry) {
        this.registry = registry;
        wakeUps = Counter.builder("waiting.wake.ups")
                .description("Accounts that may spend more than before, as this process has found or heard.")
                .register(registry);
        looks = Counter.builder("waiting.looks")
                .description("Looks at an account on behalf of the callers who wait for it.")
                .register(registry);
    }

    void watch(Supplier<Number> callers) {
        Gauge.builder("waiting.callers", callers)
                .description("Callers whose long polls are open at this process.")
                .register(registry);
    }

    void wokenUp(int accounts) {
        wakeUps.increment(accounts);
    }

    void looked() {
        looks.increment();
    }
}
