package ai.mavster.credits;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before something that failed is tried again: longer each time, and no shorter than the other side
 * asks for.
 *
 * @param waits after the first failure, the second, and so on; the last one for all that follow
 * @param jitterPercent how much shorter a wait is at most, so that what failed together is not tried again together
 * @param longestRetryAfter however long the other side asks to be left alone
 */
public record Backoff(List<Duration> waits, int jitterPercent, Duration longestRetryAfter) {

    public Backoff {
        waits = List.copyOf(waits);
    }

    /**
     * @param failures how often in a row it failed, 1 or more
     * @param retryAfter how long the other side asks to be left alone; null: it does not
     * @param random from 0 to 99, of which jitter is made
     */
    public Duration after(int failures, @Nullable Duration retryAfter, int random) {
        Duration planned = waits.get(Math.min(failures, waits.size()) - 1);
        Duration jitter = planned.multipliedBy((long) jitterPercent * random).dividedBy(100L * 100L);
        Duration wait = planned.minus(jitter);
        if (retryAfter == null || retryAfter.compareTo(wait) < 0) {
            return wait;
        }
        return retryAfter.compareTo(longestRetryAfter) < 0 ? retryAfter : longestRetryAfter;
    }
}
