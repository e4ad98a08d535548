package ai.mavster.credits.budget;

import ai.mavster.credits.budget.limit.LimitScope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How often budgets have refused something in this process, by whose they are. */
@Singleton
class BudgetMetrics {

    private final Map<LimitScope, Counter> refusals = new EnumMap<>(LimitScope.class);

    BudgetMetrics(MeterRegistry registry) {
        for (LimitScope scope : LimitScope.values()) {
            if (scope != LimitScope.PLAN) {
                refusals.put(
                        scope,
                        Counter.builder("credits.budget.refusals")
                                .description("Debits, holds and runs that a budget has refused.")
                                .tag("scope", scope.id())
                                .register(registry));
            }
        }
    }

    /** Called after the commit. */
    void refused(LimitScope scope) {
        Objects.requireNonNull(refusals.get(scope)).increment();
    }
}
