package ai.mavster.credits;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An exact amount of credits: a whole number of millionths of a credit, in a {@code long}, with checked arithmetic.
 *
 * <p>May be negative where it is a difference (a debit's entry); balances and the amounts that callers send never are.
 * Every operation throws {@link ArithmeticException} rather than wrap around.
 *
 * @param millionths the amount in millionths of a credit
 */
@Schema(
        name = "Credits",
        type = SchemaType.NUMBER,
        minimum = "-9223372036854.775808",
        maximum = "9223372036854.775807",
        description =
                "Credits, with at most six decimals. Exact: read it as a decimal, not as a binary floating point number.",
        examples = "12.5")
public record Credits(long millionths) implements Comparable<Credits> {

    /** How many decimals an amount may have. */
    public static final int DECIMALS = 6;

    /** How many digits the largest has before its point. */
    public static final int DIGITS = 13;

    public static final Credits ZERO = new Credits(0);

    /** The most that one command may move: a billion credits. Some nine thousand of these fit into one balance. */
    public static final Credits MAX_AMOUNT = Credits.of(1_000_000_000);

    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    public static Credits of(long whole) {
        return new Credits(Math.multiplyExact(whole, 1_000_000L));
    }

    /**
     * Reads a decimal number such as {@code 4500} or {@code 0.125}.
     *
     * @throws ArithmeticException if it has more than six decimals that are not zero, or is out of range
     * @throws NumberFormatException if it is not a number
     */
    public static Credits parse(String decimal) {
        return of(new BigDecimal(decimal));
    }

    /**
     * @throws ArithmeticException if the value has more than six decimals that are not zero, or is out of range
     */
    public static Credits of(BigDecimal value) {
        if (value.signum() == 0) {
            return ZERO;
        }
        // Before any rescaling: 1e999999999 would otherwise be written out in full.
        if (Decimals.isLongerThan(DIGITS, value) || value.scale() > 1_000) {
            throw new ArithmeticException("out of range");
        }
        BigDecimal scaled = value.movePointRight(DECIMALS).setScale(0, RoundingMode.UNNECESSARY);
        if (scaled.compareTo(MAX_LONG) > 0 || scaled.compareTo(MIN_LONG) < 0) {
            throw new ArithmeticException("out of range");
        }
        return new Credits(scaled.longValueExact());
    }

    public Credits plus(Credits other) {
        return new Credits(Math.addExact(millionths, other.millionths));
    }

    public Credits minus(Credits other) {
        return new Credits(Math.subtractExact(millionths, other.millionths));
    }

    public Credits negated() {
        return new Credits(Math.negateExact(millionths));
    }

    /** This amount times a factor, rounded once, half up, to whole millionths. */
    public Credits times(BigDecimal factor) {
        BigInteger product = BigDecimal.valueOf(millionths)
                .multiply(factor)
                .setScale(0, RoundingMode.HALF_UP)
                .toBigInteger();
        return new Credits(product.longValueExact());
    }

    public Credits min(Credits other) {
        return millionths <= other.millionths ? this : other;
    }

    public Credits max(Credits other) {
        return millionths >= other.millionths ? this : other;
    }

    /** This amount, or the nearer bound where it lies outside {@code low..high}. */
    public Credits clamp(Credits low, Credits high) {
        return max(low).min(high);
    }

    public boolean isZero() {
        return millionths == 0;
    }

    public boolean isPositive() {
        return millionths > 0;
    }

    public boolean isNegative() {
        return millionths < 0;
    }

    public boolean isLessThan(Credits other) {
        return millionths < other.millionths;
    }

    @Override
    public int compareTo(Credits other) {
        return Long.compare(millionths, other.millionths);
    }

    /** For sentences: {@code 1 credit}, {@code 12 credits}. */
    public String inWords() {
        return this + (millionths == 1_000_000 ? " credit" : " credits");
    }

    /** The amount as a plain decimal number without trailing zeros: {@code 4500}, {@code 0.125}. */
    @Override
    public String toString() {
        if (millionths % 1_000_000 == 0) {
            return Long.toString(millionths / 1_000_000);
        }
        return BigDecimal.valueOf(millionths, DECIMALS).stripTrailingZeros().toPlainString();
    }
}
