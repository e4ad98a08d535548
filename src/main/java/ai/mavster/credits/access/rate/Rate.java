package ai.mavster.credits.access.rate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many requests may be made.
 *
 * @param perSecond in the long run
 * @param burst at once, after a pause
 */
record Rate(int perSecond, int burst) {

    private static final int MOST = 1_000_000;

    /**
     * As it is configured.
     *
     * @param name of the variable that has the rate; the one for the burst has {@code _BURST} behind it
     * @param burst absent: as many as in a second
     * @return empty: none is
     * @throws IllegalStateException if it is not a rate
     */
    static Optional<Rate> of(String name, OptionalInt perSecond, OptionalInt burst) {
        if (perSecond.isEmpty()) {
            if (burst.isPresent()) {
                throw new IllegalStateException(name + "_BURST is set, and " + name + " is not.");
            }
            return Optional.empty();
        }
        Rate rate = new Rate(perSecond.getAsInt(), burst.orElse(perSecond.getAsInt()));
        check(name, rate.perSecond);
        check(name + "_BURST", rate.burst);
        return Optional.of(rate);
    }

    private static void check(String name, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalStateException(name + " must be a number of requests, from 1 to " + MOST + ".");
        }
    }

    /** A full one. */
    Bucket bucket(TimeMeter time) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    /** How long an empty bucket takes to be full again, in whole seconds. */
    int secondsToFill() {
        return (burst + perSecond - 1) / perSecond;
    }
}
