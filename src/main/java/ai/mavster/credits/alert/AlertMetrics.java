package ai.mavster.credits.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How many alerts this process has raised, by what they are about. */
@Singleton
class AlertMetrics {

    private final Map<AlertScope, Counter> raised = new EnumMap<>(AlertScope.class);

    AlertMetrics(MeterRegistry registry) {
        for (AlertScope scope : AlertScope.values()) {
            raised.put(
                    scope,
                    Counter.builder("credits.alerts")
                            .description("Alerts that were raised.")
                            .tag("scope", scope.id())
                            .register(registry));
        }
    }

    /** Called after the commit. */
    void raised(AlertScope scope) {
        Objects.requireNonNull(raised.get(scope)).increment();
    }
}
