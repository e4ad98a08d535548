package ai.mavster.credits;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The service's clock in tests: runs like the real one, but can be set forward and back, and stopped. */
@Alternative
@Priority(1)
@Singleton
public class MovableClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;
    private volatile @Nullable Instant stopped;

    public void moveBy(Duration duration) {
        ahead = ahead.plus(duration);
    }

    /** From here on it is this instant, until the next {@link #stopAt} or {@link #reset}. */
    public void stopAt(Instant instant) {
        stopped = instant;
    }

    /** Does something at an instant, or later if it is later already. */
    public synchronized <T> T noEarlierThan(Instant instant, Supplier<T> what) {
        Duration before = ahead;
        Instant stoppedBefore = stopped;
        if (instant().isBefore(instant)) {
            stopAt(instant);
        }
        try {
            return what.get();
        } finally {
            ahead = before;
            stopped = stoppedBefore;
        }
    }

    public void reset() {
        ahead = Duration.ZERO;
        stopped = null;
    }

    @Override
    public Instant instant() {
        Instant still = stopped;
        return still == null ? Clock.systemUTC().instant().plus(ahead) : still;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The service knows only UTC");
    }
}
