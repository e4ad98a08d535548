package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How well the runs of an account were estimated. */
@Schema(name = "EstimateAccuracy")
record EstimateAccuracy(
        GroupBy groupBy,
        Instant from,
        Instant to,

        @Schema(description = "All together. A run that another one called counts by itself and as a part of that one.")
        Row total,

        @Schema(
                description =
                        "The one that cost the most first. However the runs are grouped, all rows add up to the total's estimated and actual.")
        List<Row> data,

        @Schema(description = "Whether there are more rows than the limit.")
        boolean hasMore) {

    /** What the runs are grouped by. */
    @Schema(name = "EstimateAccuracyGroupBy")
    enum GroupBy {
        TEST,
        PROJECT,
        ACTION
    }

    /** Estimates against what it came to. */
    @Schema(name = "EstimateAccuracyRow")
    record Row(
            @Schema(description = "Null where grouped by something else, in the total, and for runs of none.") @Nullable
            String testId,

            @Nullable String projectId,

            @Schema(
                    description =
                            "Null where grouped by something else, in the total, and for what the actions of the runs themselves do not account"
                                    + " for: debits without an action, what the runs below them spent, estimates given as credits.")
            @Nullable
            String action,

            @Schema(description = "How many were estimated and came to an end as success or failed.")
            long runs,

            Credits estimated,

            @Schema(
                    description =
                            "What they cost, with what the runs below them spent; of an action, what its debits within the run itself"
                                    + " came to.")
            Credits actual,

            @Schema(
                    description =
                            "(actual - estimated) / estimated, of the sums: 0.1 is a tenth more than estimated. Null where 0 was"
                                    + " estimated. All ratios are rounded to six decimals.",
                    examples = "0.1")
            @Nullable
            BigDecimal bias,

            @Schema(
                    description =
                            "The mean of |actual - estimated| / actual, without those that cost nothing. Null where all cost nothing.",
                    examples = "0.2")
            @Nullable
            BigDecimal mape,

            @Schema(
                    description =
                            "The median of actual / estimated by nearest rank, without those estimated at 0. Null where all were.",
                    examples = "1.05")
            @Nullable
            BigDecimal p50Ratio,

            @Schema(
                    description =
                            "What nine of ten did not exceed, likewise: an estimate times this is a hold that is rarely too small.",
                    examples = "1.3")
            @Nullable
            BigDecimal p90Ratio) {}
}
