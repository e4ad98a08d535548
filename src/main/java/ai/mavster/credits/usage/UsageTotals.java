package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import java.math.BigDecimal;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** All of a range together. */
@Schema(name = "UsageTotals")
record UsageTotals(
        Credits credits,
        long debits,
        BigDecimal quantity,
        Credits reversed,

        @Schema(description = "Null where rows are grouped by run: they are not counted by run.") @Nullable
        Long outliers) {

    static UsageTotals of(UsageRepository.Figures figures, boolean byRun) {
        return new UsageTotals(
                figures.credits(),
                figures.debits(),
                plain(figures.quantity()),
                figures.reversed(),
                byRun ? null : figures.outliers());
    }

    static BigDecimal plain(BigDecimal quantity) {
        return Objects.requireNonNull(Decimals.plain(quantity));
    }
}
