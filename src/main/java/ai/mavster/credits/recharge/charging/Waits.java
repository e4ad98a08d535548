package ai.mavster.credits.recharge.charging;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the provider is asked about a recharge again. Pure. */
final class Waits {

    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15));

    /** However long a provider asks to be left alone. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private Waits() {}

    /**
     * How long to wait.
     *
     * @param attempts how often it was asked, 1 or more
     * @param retryAfter how long the provider has asked to be left alone; null: it has not
     */
    static Duration after(int attempts, @Nullable Duration retryAfter) {
        Duration planned = WAITS.get(Math.min(attempts, WAITS.size()) - 1);
        if (retryAfter == null || retryAfter.compareTo(planned) < 0) {
            return planned;
        }
        return retryAfter.compareTo(LONGEST) < 0 ? retryAfter : LONGEST;
    }
}
