package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What the debits of an action within one run came to.
 *
 * @param quantity how many units they were for; more than 0
 */
record UnitCost(Credits spent, BigDecimal quantity) {

    /** More than any sum may be, so that an estimate with this in it is refused. */
    private static final BigDecimal TOO_MUCH = BigDecimal.valueOf(Credits.MAX_AMOUNT.millionths() + 1);

    /** So many units at that cost: rounded once, half up, to millionths. */
    Credits of(BigDecimal units) {
        BigDecimal millionths =
                BigDecimal.valueOf(spent.millionths()).multiply(units).divide(quantity, 0, RoundingMode.HALF_UP);
        return new Credits(millionths.min(TOO_MUCH).longValueExact());
    }
}
