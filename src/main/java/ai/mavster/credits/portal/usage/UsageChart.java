package ai.mavster.credits.portal.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.usage.UsageByDay;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A bar for each day, of parts that lie on each other, in a field of {@link #WIDTH} by {@link #HEIGHT}; and the same as
 * data, for a script that draws it anew. Pure.
 *
 * @param series what the parts are of, from below
 * @param highest the number at the upper edge
 */
@TemplateData
public record UsageChart(List<Series> series, List<Part> parts, List<Day> days, Credits highest) {

    static final int WIDTH = 1000;
    static final int HEIGHT = 240;

    private static final int GAP = 4;

    /** @param number of its colour, from 1 */
    @TemplateData
    public record Series(int number, String name) {}

    /** A part of a bar. */
    @TemplateData
    public record Part(int number, BigDecimal x, BigDecimal y, BigDecimal width, BigDecimal height) {}

    /** One day as a row of a table. */
    @TemplateData
    public record Day(LocalDate date, Credits total, List<Credits> credits) {}

    static UsageChart of(UsageByDay.Answer usage, Texts texts) {
        List<Series> series = new ArrayList<>();
        int all = usage.days().get(0).credits().size();
        for (int i = 0; i < all; i++) {
            boolean isRest = i == UsageByDay.SERIES;
            series.add(new Series(
                    i + 1,
                    isRest
                            ? texts.say("usage.others")
                            : name(usage.groups().get(i).id(), texts)));
        }
        Credits highest = usage.days().stream().map(UsageChart::height).reduce(Credits.ZERO, Credits::max);
        Credits edge = edge(highest);
        return new UsageChart(series, parts(usage.days(), edge), days(usage.days(), texts.zone()), edge);
    }

    static String name(String id, Texts texts) {
        return id.isEmpty() ? texts.say("usage.none") : id;
    }

    private static List<Day> days(List<UsageByDay.Day> days, ZoneId zone) {
        return days.stream()
                .map(day -> new Day(LocalDate.ofInstant(day.start(), zone), day.total(), day.credits()))
                .toList();
    }

    /** Where more was given back than used, there is nothing to draw. */
    private static Credits height(UsageByDay.Day day) {
        return day.credits().stream().map(credits -> credits.max(Credits.ZERO)).reduce(Credits.ZERO, Credits::plus);
    }

    /** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
    private static Credits edge(Credits highest) {
        if (!highest.isPositive()) {
            return Credits.of(1);
        }
        BigDecimal most = new BigDecimal(highest.toString());
        BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(most.precision() - most.scale() - 1);
        for (String step : List.of("1", "2", "2.5", "5", "10")) {
            BigDecimal edge = unit.multiply(new BigDecimal(step));
            if (edge.compareTo(most) >= 0) {
                return Credits.of(edge.max(new BigDecimal("0.000001")));
            }
        }
        return highest;
    }

    private static List<Part> parts(List<UsageByDay.Day> days, Credits edge) {
        List<Part> parts = new ArrayList<>();
        BigDecimal room = of(WIDTH, days.size());
        BigDecimal gap = room.divide(BigDecimal.valueOf(GAP), 2, RoundingMode.HALF_UP);
        for (int day = 0; day < days.size(); day++) {
            BigDecimal x = room.multiply(BigDecimal.valueOf(day)).add(gap.divide(BigDecimal.valueOf(2)));
            Credits below = Credits.ZERO;
            List<Credits> credits = days.get(day).credits();
            for (int i = 0; i < credits.size(); i++) {
                if (credits.get(i).isPositive()) {
                    Credits top = below.plus(credits.get(i));
                    BigDecimal y = y(top, edge);
                    parts.add(new Part(
                            i + 1, x, y, room.subtract(gap), y(below, edge).subtract(y)));
                    below = top;
                }
            }
        }
        return parts;
    }

    private static BigDecimal y(Credits credits, Credits edge) {
        return BigDecimal.valueOf(HEIGHT)
                .subtract(BigDecimal.valueOf(credits.millionths())
                        .multiply(BigDecimal.valueOf(HEIGHT))
                        .divide(BigDecimal.valueOf(edge.millionths()), 2, RoundingMode.HALF_UP));
    }

    private static BigDecimal of(int whole, int parts) {
        return BigDecimal.valueOf(whole).divide(BigDecimal.valueOf(parts), 4, RoundingMode.DOWN);
    }
}
