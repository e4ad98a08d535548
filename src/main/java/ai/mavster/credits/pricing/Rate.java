package ai.mavster.credits.pricing;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/**
 * What an action costs while one version of its rate is in force.
 *
 * @param action the caller's own id of it
 * @param unit what one quantity is: {@code step}, {@code request}, {@code changed screen}
 * @param minimum the least that one unit costs; the same as the maximum for a fixed price
 * @param maximum the most that one unit costs
 * @param effectiveFrom since when it is in force
 */
public record Rate(String action, String unit, Credits minimum, Credits maximum, Instant effectiveFrom) {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    /** What some units cost: all three the same for a fixed price; expected is in the middle of a range. */
    public record Cost(Credits min, Credits expected, Credits max) {}

    /** Whether it has one price. Of any other the actual amount is debited. */
    public boolean isFixed() {
        return minimum.equals(maximum);
    }

    /**
     * What this many units cost: price times quantity, rounded once, half up, to millionths.
     *
     * @return empty if that is more than {@link Credits#MAX_AMOUNT}; {@link #limitExceeded} says so
     * @throws IllegalStateException if it {@linkplain #isFixed() has no one price}
     */
    public Optional<Credits> price(BigDecimal quantity) {
        if (!isFixed()) {
            throw new IllegalStateException("Not a fixed price: " + this);
        }
        return cost(quantity).map(Cost::expected);
    }

    /**
     * What this many units may cost, each figure rounded once, half up, to millionths.
     *
     * @return empty if the most is more than {@link Credits#MAX_AMOUNT}; {@link #limitExceeded} says so
     */
    public Optional<Cost> cost(BigDecimal quantity) {
        if (times(maximum, quantity).compareTo(BigDecimal.valueOf(Credits.MAX_AMOUNT.millionths())) > 0) {
            return Optional.empty();
        }
        return Optional.of(new Cost(
                minimum.times(quantity),
                minimum.plus(maximum).times(quantity.multiply(HALF)),
                maximum.times(quantity)));
    }

    /** What to tell a caller whose quantity has no price because it is too large. */
    public String limitExceeded(BigDecimal quantity) {
        return "costs too much: %s times up to %s is more than the %s that one command may move"
                .formatted(quantity.toPlainString(), maximum.inWords(), Credits.MAX_AMOUNT.inWords());
    }

    /**
     * Whether so many credits for this many units lie outside of what the rate says. The bounds are rounded as a price
     * is, so that a price is never outside of itself.
     */
    public boolean isOutlier(Credits credits, BigDecimal quantity) {
        BigDecimal actual = BigDecimal.valueOf(credits.millionths());
        return actual.compareTo(times(minimum, quantity)) < 0 || actual.compareTo(times(maximum, quantity)) > 0;
    }

    /** In millionths, however many. */
    private static BigDecimal times(Credits credits, BigDecimal quantity) {
        return BigDecimal.valueOf(credits.millionths()).multiply(quantity).setScale(0, RoundingMode.HALF_UP);
    }
}
