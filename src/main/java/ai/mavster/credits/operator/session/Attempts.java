package ai.mavster.credits.operator.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How often keys were tried in vain, by where that came from: so many within a minute, and then none until it is over. */
@Singleton
class Attempts {

    static final int MOST = 10;

    private static final Duration WITHIN = Duration.ofMinutes(1);

    /** Of more addresses than that the oldest are forgotten. */
    private static final int ADDRESSES = 10_000;

    private final Cache<String, AtomicInteger> failures;

    Attempts(Clock clock) {
        this.failures = Caffeine.newBuilder()
                .maximumSize(ADDRESSES)
                .expireAfterWrite(WITHIN)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .build();
    }

    boolean tooMany(String address) {
        AtomicInteger failed = failures.getIfPresent(address);
        return failed != null && failed.get() >= MOST;
    }

    void failed(String address) {
        failures.get(address, unknown -> new AtomicInteger()).incrementAndGet();
    }

    void succeeded(String address) {
        failures.invalidate(address);
    }
}
