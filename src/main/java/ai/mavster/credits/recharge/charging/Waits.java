package ai.mavster.credits.recharge.charging;

import ai.mavster.credits.Backoff;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the provider is asked about a recharge again. Pure. */
final class Waits {

    private static final Backoff BACKOFF = new Backoff(
            List.of(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15)),
            0,
            Duration.ofHours(1));

    private Waits() {}

    /**
     * How long to wait.
     *
     * @param attempts how often it was asked, 1 or more
     * @param retryAfter how long the provider has asked to be left alone; null: it has not
     */
    static Duration after(int attempts, @Nullable Duration retryAfter) {
        return BACKOFF.after(attempts, retryAfter, 0);
    }
}
