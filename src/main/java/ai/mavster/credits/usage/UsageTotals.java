package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import java.math.BigDecimal;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All of a range together. */
@Schema(name = "UsageTotals")
record UsageTotals(Credits credits, long debits, BigDecimal quantity, Credits reversed, long outliers) {

    static UsageTotals of(UsageRepository.Figures figures) {
        return new UsageTotals(
                figures.credits(), figures.debits(), plain(figures.quantity()), figures.reversed(), figures.outliers());
    }

    static BigDecimal plain(BigDecimal quantity) {
        return Objects.requireNonNull(Decimals.plain(quantity));
    }
}
