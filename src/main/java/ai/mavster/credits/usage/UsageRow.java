package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One group within one bucket. A dimension that was not asked for is left out; one that debits did not name is
 * null.
 */
@Schema(name = "UsageRow")
record UsageRow(
        @Schema(description = "Of the bucket, or of the range where that starts within it.")
        Instant start,

        Instant end,

        @Schema(description = "Only with group_by=action; null: of debits that named none.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Optional<String> action,

        @Schema(description = "Only with group_by=project.") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Optional<String> projectId,

        @Schema(description = "Only with group_by=workspace.") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Optional<String> workspaceId,

        @Schema(description = "Only with group_by=test.") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Optional<String> testId,

        @Schema(description = "Only with group_by=run.") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Optional<String> runId,

        @Schema(
                description =
                        "What debits took less what was given back. A reversal counts when it is posted, so this may be negative.")
        Credits credits,

        @Schema(description = "How many debits, free ones too.")
        long debits,

        @Schema(description = "The sum of the debits' quantities; a debit without one counts as 1.")
        BigDecimal quantity,

        @Schema(description = "What was given back, already taken off credits.")
        Credits reversed,

        @Schema(
                description =
                        "How many debits asked for an amount outside of what the rate card says. By whole quarter-hours: where a row ends"
                                + " within one, the next row has its. Left out where rows are grouped by run.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Long outliers) {

    static UsageRow of(UsageRepository.Line line, UsageQuery query) {
        return new UsageRow(
                line.start(),
                query.end(line.start()),
                dimension(line, query, Dimension.ACTION),
                dimension(line, query, Dimension.PROJECT),
                dimension(line, query, Dimension.WORKSPACE),
                dimension(line, query, Dimension.TEST),
                dimension(line, query, Dimension.RUN),
                line.figures().credits(),
                line.figures().debits(),
                UsageTotals.plain(line.figures().quantity()),
                line.figures().reversed(),
                query.isByRun() ? null : line.figures().outliers());
    }

    private static @Nullable Optional<String> dimension(
            UsageRepository.Line line, UsageQuery query, Dimension dimension) {
        return query.groupBy().contains(dimension)
                ? Optional.of(line.dimension(dimension)).filter(id -> !id.isEmpty())
                : null;
    }
}
