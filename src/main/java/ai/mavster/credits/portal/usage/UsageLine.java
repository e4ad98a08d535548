package ai.mavster.credits.portal.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.run.estimate.RunCosts;
import ai.mavster.credits.usage.UsageByDay;
import io.quarkus.qute.TemplateData;
import org.jspecify.annotations.Nullable;

/**
 * What was used on one thing. Pure.
 *
 * @param share of all, in percent
 * @param runs what its runs have come to; null: it had none, or is no test and no project
 */
@TemplateData
public record UsageLine(
        String name,
        Credits credits,
        long share,
        long debits,
        @Nullable RunFigures runs) {

    static UsageLine of(UsageByDay.Group group, Credits total, RunCosts.@Nullable Cost cost, Texts texts) {
        return new UsageLine(
                UsageChart.name(group.id(), texts),
                group.credits(),
                share(group.credits(), total),
                group.debits(),
                cost == null || cost.runs() == 0 ? null : RunFigures.of(cost));
    }

    private static long share(Credits part, Credits whole) {
        return part.isPositive() && whole.isPositive() ? Math.min(100, RunFigures.percent(part, whole)) : 0;
    }
}
