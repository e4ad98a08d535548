package ai.mavster.credits.ledger.lane;

import ai.mavster.credits.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How the write path is doing. Counted after the commit, batch by batch. */
@Singleton
public class LedgerMetrics {

    private final MeterRegistry registry;
    private final DistributionSummary batchSize;
    private final Timer latency;
    private final Counter overloaded;
    private final Map<String, Map<Refusal.Code, Counter>> refusals = new ConcurrentHashMap<>();

    LedgerMetrics(MeterRegistry registry) {
        this.registry = registry;
        batchSize = DistributionSummary.builder("ledger.batch.size")
                .description("Commands that were committed together.")
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500)
                .register(registry);
        latency = Timer.builder("ledger.decision.latency")
                .description("From when a command was submitted until its committed outcome was given out.")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5))
                .register(registry);
        overloaded = Counter.builder("ledger.overloaded")
                .description("Commands that were turned away because too many waited.")
                .register(registry);
        List.of("debit", "start", "extension", "preflight").forEach(this::refusals);
    }

    /** Registered before the first one, so that this is seen to raise them. */
    private Map<Refusal.Code, Counter> refusals(String asked) {
        return refusals.computeIfAbsent(asked, kind -> {
            Map<Refusal.Code, Counter> counters = new EnumMap<>(Refusal.Code.class);
            for (Refusal.Code code : Refusal.Code.values()) {
                if (code.isPaymentRequired()) {
                    counters.put(
                            code,
                            Counter.builder("ledger.payment.required")
                                    .description("402s, by their code and what was asked.")
                                    .tag("code", code.id())
                                    .tag("asked", kind)
                                    .register(registry));
                }
            }
            return counters;
        });
    }

    /**
     * Counts a 402; another refusal is left out.
     *
     * @param asked {@code preflight}, or the {@linkplain ai.mavster.credits.ledger.Command#countedAs word} of a command
     */
    public void refused(String asked, Refusal refusal) {
        if (refusal.code().isPaymentRequired()) {
            Objects.requireNonNull(refusals(asked).get(refusal.code())).increment();
        }
    }

    public void watch(String lane, Supplier<Number> waiting) {
        Gauge.builder("ledger.queue.depth", waiting)
                .description("Commands that wait in a lane.")
                .tag("lane", lane)
                .register(registry);
    }

    public void overloaded() {
        overloaded.increment();
    }

    /** Called once a batch is committed and its outcomes are given out. */
    void committed(List<Pending<?>> batch) {
        batchSize.record(batch.size());
        long now = System.nanoTime();
        for (Pending<?> pending : batch) {
            latency.record(now - pending.submitted(), TimeUnit.NANOSECONDS);
            Refusal refusal = pending.refusal();
            if (refusal != null) {
                refused(pending.command().countedAs(), refusal);
            }
        }
    }
}
