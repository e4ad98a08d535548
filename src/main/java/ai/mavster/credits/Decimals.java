package ai.mavster.credits;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Decimal numbers that are no amounts, such as a quantity, as answers show them. */
public final class Decimals {

    private Decimals() {}

    /** Without trailing zeros and never as a power of ten: {@code 1.5}, {@code 100}. */
    public static @Nullable BigDecimal plain(@Nullable BigDecimal value) {
        if (value == null) {
            return null;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
