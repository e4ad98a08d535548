package ai.mavster.credits.portal.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.run.estimate.RunCosts;
import ai.mavster.credits.usage.UsageByDay;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The usage of a range. Pure.
 *
 * @param last the last day of it that there is anything to say of
 * @param perDay on average, to a hundredth
 * @param runs of all runs; null: none finished
 */
@TemplateData
public record UsageReport(
        LocalDate first,
        LocalDate last,
        Credits total,
        long debits,
        Credits perDay,
        @Nullable RunFigures runs,
        UsageChart chart,
        List<UsageLine> lines,
        boolean hasMore) {

    static UsageReport of(UsageByDay.Answer usage, RunCosts.Cost all, Map<String, RunCosts.Cost> each, Texts texts) {
        return new UsageReport(
                LocalDate.ofInstant(usage.from(), texts.zone()),
                LocalDate.ofInstant(usage.to().minusNanos(1), texts.zone()),
                usage.total().credits(),
                usage.total().debits(),
                average(usage.total().credits(), usage.days().size()),
                all.runs() == 0 ? null : RunFigures.of(all),
                UsageChart.of(usage, texts),
                usage.groups().stream()
                        .map(group -> UsageLine.of(group, usage.total().credits(), each.get(group.id()), texts))
                        .toList(),
                usage.hasMore());
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** For the script that draws the chart: numbers as they are, and days as dates. */
    public String data() {
        String days =
                chart.days().stream().map(day -> "\"" + day.date() + "\"").collect(Collectors.joining(",", "[", "]"));
        String values = chart.series().stream()
                .map(series -> chart.days().stream()
                        .map(day -> day.credits().get(series.number() - 1).toString())
                        .collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"days\":" + days + ",\"values\":" + values + "}";
    }

    private static Credits average(Credits sum, int days) {
        return Credits.of(new BigDecimal(sum.toString()).divide(BigDecimal.valueOf(days), 2, RoundingMode.HALF_UP));
    }
}
