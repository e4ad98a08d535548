package ai.mavster.credits.explanation;

import ai.mavster.credits.Credits;
import ai.mavster.credits.pricing.Rate;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the rate card said of a debit's action when it was debited. */
@Schema(name = "PriceInForce", examples = """
        {"action": "visual-assert", "unit": "step", "min": 2, "max": 2, "effective_from": "2026-01-01T00:00:00Z",\
         "quantity": 1, "outside": false}""")
public record PriceInForce(
        String action,

        @Schema(description = "What one quantity is.", examples = "step")
        String unit,

        @Schema(description = "The least that one unit cost.")
        Credits min,

        @Schema(description = "The most that one unit cost; the same as min for a fixed price.")
        Credits max,

        @Schema(description = "Since when that version of the rate was in force.")
        Instant effectiveFrom,

        @Schema(description = "How many units were debited; 1 where the debit did not say.")
        BigDecimal quantity,

        @Schema(description = "Whether more or less was asked for than the rate card said.")
        boolean outside) {

    static PriceInForce of(Rate rate, BigDecimal quantity, Credits requested) {
        return new PriceInForce(
                rate.action(),
                rate.unit(),
                rate.minimum(),
                rate.maximum(),
                rate.effectiveFrom(),
                quantity,
                rate.isOutlier(requested, quantity));
    }

    boolean isFixed() {
        return min.equals(max);
    }
}
