package ai.mavster.credits.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How often a server that ends though nobody stopped it is started again: at once, then later and later, and in vain or
 * not, only so often within ten minutes.
 */
final class Restarts {

    static final Duration WITHIN = Duration.ofMinutes(10);

    /** Long enough for a full disk that somebody is cleaning up; some two minutes in all. */
    static final List<Duration> DEFAULT_WAITS = List.of(0, 1, 2, 5, 10, 20, 30, 60).stream()
            .map(Duration::ofSeconds)
            .toList();

    private final List<Duration> waits;
    private final Deque<Duration> attempts = new ArrayDeque<>();

    Restarts(List<Duration> waits) {
        this.waits = waits;
    }

    /**
     * How long to wait before the next attempt, which counts from now on; empty: there have been too many.
     *
     * @param now by a clock that nobody sets
     */
    Optional<Duration> next(Duration now) {
        while (!attempts.isEmpty() && attempts.getFirst().plus(WITHIN).compareTo(now) <= 0) {
            attempts.removeFirst();
        }
        if (attempts.size() == waits.size()) {
            return Optional.empty();
        }
        Duration wait = waits.get(attempts.size());
        attempts.addLast(now);
        return Optional.of(wait);
    }
}
