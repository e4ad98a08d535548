package ai.mavster.credits.portal.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.run.estimate.RunCosts;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a run costs, and how that compares with its estimate. Pure.
 *
 * @param isOfTheLast whether there may have been more runs
 * @param each what one of them cost on average, to a hundredth
 * @param estimated what one was estimated at on average; null: none was
 * @param deviation by how many percent they cost more than estimated, less if negative; null: they were estimated at
 *     nothing
 */
@TemplateData
public record RunFigures(
        long runs,
        boolean isOfTheLast,
        Credits each,
        @Nullable Credits estimated,
        @Nullable Long deviation) {

    private static final int DECIMALS = 2;

    static RunFigures of(RunCosts.Cost cost) {
        boolean hasEstimates = cost.estimatedRuns() > 0;
        return new RunFigures(
                cost.runs(),
                cost.isOfTheLast(),
                average(cost.actual(), cost.runs()),
                hasEstimates ? average(cost.estimated(), cost.estimatedRuns()) : null,
                cost.estimated().isPositive()
                        ? percent(cost.actualOfEstimated().minus(cost.estimated()), cost.estimated())
                        : null);
    }

    private static Credits average(Credits sum, long count) {
        return count == 0
                ? Credits.ZERO
                : Credits.of(new BigDecimal(sum.toString())
                        .divide(BigDecimal.valueOf(count), DECIMALS, RoundingMode.HALF_UP));
    }

    /** Half up; beyond what fits into a number it says no more. */
    static long percent(Credits part, Credits whole) {
        return BigDecimal.valueOf(part.millionths())
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(whole.millionths()), 0, RoundingMode.HALF_UP)
                .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .longValueExact();
    }
}
