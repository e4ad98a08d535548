package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.pricing.Quote;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** So many of an action, as a body names them. */
@Schema(name = "EstimateRequestItem")
public record Item(
        @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "tap:scratch")
        String action,

        @Schema(description = "How many of the rate's units; 1 if absent.", examples = "1")
        @DecimalMin(value = "0", inclusive = false)
        @Digits(integer = WHOLE_DIGITS, fraction = DECIMALS)
        @Nullable
        BigDecimal quantity) {

    /** How many a list may have. */
    public static final int MOST = 1_000;

    static final int WHOLE_DIGITS = 9;
    static final int DECIMALS = 6;

    Quote.Item toPrice() {
        return new Quote.Item(action, quantity == null ? BigDecimal.ONE : quantity);
    }
}
