package ai.mavster.credits.http.limits;

import ai.mavster.credits.EnumId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/** Counts the requests that were turned away before anything of them was done, by the limit that they met. */
@Singleton
public class TurnedAway {

    private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

    /** Which limit it was. */
    public enum Reason {
        /** On requests under way. */
        REQUESTS,
        /** On requests with one key. */
        KEY_RATE,
        /** On requests from one address with keys that are not valid. */
        UNKNOWN_KEYS
    }

    public TurnedAway(MeterRegistry registry) {
        for (Reason reason : Reason.values()) {
            counters.put(
                    reason,
                    Counter.builder("requests.turned.away")
                            .description("Requests that were turned away before anything of them was done.")
                            .tag("reason", EnumId.of(reason))
                            .register(registry));
        }
    }

    public void count(Reason reason) {
        Counter counter = counters.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
