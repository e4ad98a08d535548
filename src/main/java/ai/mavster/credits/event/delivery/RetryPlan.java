package ai.mavster.credits.event.delivery;

import ai.mavster.credits.Backoff;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a delivery that failed is tried again: soon at first, and less and less often over some three days. */
final class RetryPlan {

    private static final Backoff BACKOFF = new Backoff(
            List.of(
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(4),
                    Duration.ofHours(12),
                    Duration.ofHours(24),
                    Duration.ofHours(30)),
            25,
            Duration.ofHours(24));

    private RetryPlan() {}

    /**
     * How long to wait.
     *
     * @param tries how often it was tried, 1 or more
     * @param retryAfter how long the receiver has asked to be left alone; null: it has not
     * @param random from 0 to 99
     * @return null: it is not tried again
     */
    static @Nullable Duration wait(int tries, @Nullable Duration retryAfter, int random) {
        return tries > BACKOFF.waits().size() ? null : BACKOFF.after(tries, retryAfter, random);
    }

    /** What {@code Retry-After} asks for, in seconds or as a date; null: nothing that could be understood. */
    static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
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
