package ai.mavster.credits;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Decimal numbers: as answers show those that are no amounts, and what is said of one that is too fine. */
public final class Decimals {

    private static final String[] WORDS = {"none", "one", "two", "three", "four", "five", "six"};

    private Decimals() {}

    /** Without trailing zeros and never as a power of ten: {@code 1.5}, {@code 100}. */
    public static @Nullable BigDecimal plain(@Nullable BigDecimal value) {
        if (value == null) {
            return null;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Whether it has more decimals that are not zero. */
    public static boolean isFinerThan(int decimals, BigDecimal value) {
        return value.signum() != 0 && value.stripTrailingZeros().scale() > decimals;
    }

    /** Whether it has more digits before its point, however it is written. */
    public static boolean isLongerThan(int digits, BigDecimal value) {
        return (long) value.precision() - value.scale() > digits;
    }

    /**
     * What to tell who sent a number that {@linkplain #isFinerThan is too fine}, and not too long either: also what it
     * is rounded, or the least there is where that is nothing.
     *
     * @param decimals at most six
     */
    public static String roundTo(int decimals, BigDecimal value) {
        BigDecimal least = BigDecimal.ONE.movePointLeft(decimals);
        // First, for the digits of 1e-999999999 would be written out to round it.
        boolean isNext = value.precision() - (long) value.scale() <= -decimals;
        BigDecimal rounded = isNext ? BigDecimal.ZERO : value.setScale(decimals, RoundingMode.HALF_UP);
        String most = "must have at most %d decimals".formatted(decimals);
        return rounded.signum() == 0
                ? "%s; the least is %s".formatted(most, least.toPlainString())
                : "%s; round to %s decimals: %s"
                        .formatted(
                                most,
                                WORDS[decimals],
                                rounded.stripTrailingZeros().toPlainString());
    }
}
