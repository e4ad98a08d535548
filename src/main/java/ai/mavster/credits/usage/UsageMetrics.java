package ai.mavster.credits.usage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many credits this process has debited. What was given back is not taken off: a counter only rises. */
@Singleton
class UsageMetrics {

    /** Instead of an action that is not on the rate card: callers make those up. */
    static final String OTHER = "other";

    private static final int MILLIONTHS = 1_000_000;

    private final MeterRegistry registry;
    private final Counter used;
    private final Map<String, Counter> usedByAction = new ConcurrentHashMap<>();

    UsageMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.used = Counter.builder("credits.used")
                .description("Credits that were debited.")
                .register(registry);
    }

    /**
     * @param action one of the rate card's, or {@link #OTHER}
     */
    void used(long millionths, String action) {
        used.increment((double) millionths / MILLIONTHS);
        usedByAction.computeIfAbsent(action, this::counter).increment((double) millionths / MILLIONTHS);
    }

    private Counter counter(String action) {
        return Counter.builder("credits.used.by.endpoint")
                .description("Credits that were debited, by the rate card's action.")
                .tag("action", action)
                .register(registry);
    }
}
