package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast credits are used: so many within so long, and as fast from now on. Pure.
 *
 * @param used net of what was given back; it may be negative
 * @param over longer than nothing
 */
public record RunRate(Credits used, Duration over) {

    /** Whole days that are looked back at, beside the day of now. */
    private static final int DAYS = 6;

    private static final Duration DAY = Duration.ofDays(1);

    /** Where the days start (in UTC) that it is measured over, the day of now among them. */
    public static Instant since(Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS).minus(DAYS, ChronoUnit.DAYS);
    }

    /**
     * The rate of what was used {@link #since} then.
     *
     * @param begun when the account began to use anything; less than a day counts as a day, so that the first burst is
     *     not taken for a habit
     */
    public static RunRate of(Credits used, Instant begun, Instant now) {
        Instant since = since(now);
        Duration over = Duration.between(begun.isAfter(since) ? begun : since, now);
        return new RunRate(used, over.compareTo(DAY) < 0 ? DAY : over);
    }

    /** When so much will be used, rounded down to the second; null: never, or nobody's lifetime is that long. */
    @Nullable
    public Instant reaches(Credits available, Instant now) {
        if (!used.isPositive()) {
            return null;
        }
        BigDecimal seconds = millionths(available)
                .multiply(BigDecimal.valueOf(over.toSeconds()))
                .divide(millionths(used), 0, RoundingMode.DOWN);
        return seconds.compareTo(BigDecimal.valueOf(DAY.toSeconds() * 36_525)) > 0
                ? null
                : now.plusSeconds(seconds.longValueExact());
    }

    /** What it comes to within so long, rounded up. */
    Credits within(Duration time) {
        return new Credits(millionths(used)
                .multiply(BigDecimal.valueOf(time.toSeconds()))
                .divide(BigDecimal.valueOf(over.toSeconds()), 0, RoundingMode.UP)
                .longValueExact());
    }

    public Credits perDay() {
        return within(DAY);
    }

    private static BigDecimal millionths(Credits credits) {
        return BigDecimal.valueOf(credits.millionths());
    }
}
