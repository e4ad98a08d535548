package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.Backoff;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When an object is asked for again: soon at first, later every few hours, for ever. */
final class RetryPlan {

    private static final Backoff BACKOFF = new Backoff(
            List.of(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(6)),
            25,
            Duration.ofHours(6));

    private RetryPlan() {}

    /**
     * How long to wait.
     *
     * @param attempts how often it was tried, 1 or more
     * @param retryAfter how long the provider has asked to be left alone; null: it has not
     * @param random from 0 to 99
     */
    static Duration wait(int attempts, @Nullable Duration retryAfter, int random) {
        return BACKOFF.after(attempts, retryAfter, random);
    }
}
