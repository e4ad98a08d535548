package ai.mavster.credits.alert.mail;

import ai.mavster.credits.EnumId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What has become of mails. */
@Singleton
class MailMetrics {

    /** What has become of an attempt. */
    enum Result {
        SENT,
        /** It is tried again. */
        FAILED,
        /** It is not tried again. */
        GIVEN_UP,
        /** There is no address to send it to. */
        NO_ADDRESS
    }

    private final Map<Result, Counter> counters = new EnumMap<>(Result.class);
    private final AtomicReference<@Nullable Long> oldest = new AtomicReference<>();

    MailMetrics(MeterRegistry registry) {
        for (Result result : Result.values()) {
            counters.put(
                    result,
                    Counter.builder("credits.mails")
                            .description("Mails about alerts, by what has become of the attempt to send them.")
                            .tag("outcome", EnumId.of(result))
                            .register(registry));
        }
        Gauge.builder("credits.mail.oldest", oldest::get)
                .baseUnit("seconds")
                .description("How long the oldest notice waits to be sent, in the whole database; 0: none waits.")
                .register(registry);
    }

    void count(Result result) {
        Objects.requireNonNull(counters.get(result)).increment();
    }

    /** Null: not known. */
    void oldest(@Nullable Duration age) {
        oldest.set(age == null ? null : age.toSeconds());
    }
}
