package ai.mavster.credits.payment.inbox;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When an object is asked for again: soon at first, later every few hours, for ever. */
final class RetryPlan {

    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6));

    /** However long a provider asks to be left alone. */
    static final Duration LONGEST_WISH = Duration.ofHours(6);

    /** So much earlier at most: what failed together is not tried again together. */
    private static final long JITTER_PERCENT = 25;

    private RetryPlan() {}

    /**
     * How long to wait.
     *
     * @param attempts how often it was tried, 1 or more
     * @param retryAfter how long the provider has asked to be left alone; null: it has not
     * @param random from 0 to 99
     */
    static Duration wait(int attempts, @Nullable Duration retryAfter, int random) {
        Duration planned = WAITS.get(Math.min(attempts, WAITS.size()) - 1);
        Duration wait =
                planned.minus(planned.multipliedBy(JITTER_PERCENT * random).dividedBy(100L * 100L));
        if (retryAfter == null || retryAfter.compareTo(wait) < 0) {
            return wait;
        }
        return retryAfter.compareTo(LONGEST_WISH) < 0 ? retryAfter : LONGEST_WISH;
    }
}
