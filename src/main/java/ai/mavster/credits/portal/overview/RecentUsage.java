package ai.mavster.credits.portal.overview;

import ai.mavster.credits.Credits;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A small picture of what was used on each of the last days: bars in a field of {@link #DAYS} times {@link #STEP} by
 * {@link #HEIGHT}. Pure.
 *
 * @param bars from the left, today's last; empty: nothing was used
 */
@TemplateData
public record RecentUsage(List<Bar> bars) {

    static final int DAYS = 30;
    static final int STEP = 10;
    static final int HEIGHT = 100;

    /** One that there is something to be seen of. */
    private static final int LEAST = 2;

    /** What was used on one day. */
    @TemplateData
    public record Bar(int x, int y, int height) {}

    /** Where the last days start, today among them. */
    static List<Instant> days(Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return IntStream.rangeClosed(1, DAYS)
                .mapToObj(day -> today.minusDays(DAYS - day).atStartOfDay(zone).toInstant())
                .toList();
    }

    /**
     * @param since what was used since the start of each day; where more was given back than used, a day has no bar
     */
    static RecentUsage of(List<Credits> since) {
        List<Credits> used = new ArrayList<>();
        for (int day = 0; day < since.size(); day++) {
            Credits after = day + 1 < since.size() ? since.get(day + 1) : Credits.ZERO;
            used.add(since.get(day).minus(after).max(Credits.ZERO));
        }
        Credits most = used.stream().reduce(Credits.ZERO, Credits::max);
        List<Bar> bars = new ArrayList<>();
        for (int day = 0; day < used.size(); day++) {
            if (used.get(day).isPositive()) {
                int height = height(used.get(day), most);
                bars.add(new Bar(day * STEP, HEIGHT - height, height));
            }
        }
        return new RecentUsage(bars);
    }

    private static int height(Credits credits, Credits most) {
        return BigDecimal.valueOf(credits.millionths())
                .multiply(BigDecimal.valueOf(HEIGHT))
                .divide(BigDecimal.valueOf(most.millionths()), 0, RoundingMode.HALF_UP)
                .max(BigDecimal.valueOf(LEAST))
                .intValueExact();
    }
}
