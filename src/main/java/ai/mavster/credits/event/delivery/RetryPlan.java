package ai.mavster.credits.event.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a delivery that failed is tried again: soon at first, and less and less often over some three days. */
final class RetryPlan {

    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(4),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(4),
            Duration.ofHours(12),
            Duration.ofHours(24),
            Duration.ofHours(30));

    /** However long a receiver asks to be left alone. */
    static final Duration LONGEST_WISH = Duration.ofHours(24);

    /** So much earlier at most, of what is planned: what failed together is not tried again together. */
    private static final long JITTER_PERCENT = 25;

    private RetryPlan() {}

    /**
     * How long to wait.
     *
     * @param tries how often it was tried, 1 or more
     * @param wish how long the receiver has asked to be left alone; null: it has not
     * @param random from 0 to 99
     * @return null: it is not tried again
     */
    static @Nullable Duration wait(int tries, @Nullable Duration wish, int random) {
        if (tries > WAITS.size()) {
            return null;
        }
        Duration planned = WAITS.get(tries - 1);
        Duration jitter = planned.multipliedBy(JITTER_PERCENT * random).dividedBy(100L * 100L);
        Duration wait = planned.minus(jitter);
        Duration wished = wish == null || wish.compareTo(LONGEST_WISH) < 0 ? wish : LONGEST_WISH;
        return wished == null || wished.compareTo(wait) < 0 ? wait : wished;
    }

    /** What {@code Retry-After} asks for, in seconds or as a date; null: nothing that could be understood. */
    static @Nullable Duration wish(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return null;
        }
        String text = retryAfter.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
        } catch (DateTimeException none) {
            return null;
        }
    }
}
