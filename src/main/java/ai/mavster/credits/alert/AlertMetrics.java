package ai.mavster.credits.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How many alerts this process has told, by what they are about. */
@Singleton
class AlertMetrics {

    private final Map<AlertScope, Counter> told = new EnumMap<>(AlertScope.class);

    AlertMetrics(MeterRegistry registry) {
        for (AlertScope scope : AlertScope.values()) {
            told.put(
                    scope,
                    Counter.builder("credits.alerts")
                            .description("Alerts that accounts were told.")
                            .tag("scope", scope.id())
                            .register(registry));
        }
    }

    /** Called after the commit. */
    void told(AlertScope scope) {
        Objects.requireNonNull(told.get(scope)).increment();
    }
}
