package ai.mavster.credits.payment;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many credits are claimed back where money is lost. */
final class Claim {

    private Claim() {}

    /**
     * Credits × lost ÷ paid, rounded half up to a millionth; over all that was lost so far, so that all of the money
     * claims all of the credits.
     *
     * @param paid more than zero
     * @param lost from zero up; more than was paid counts as all of it
     */
    static Credits of(Credits credits, BigDecimal paid, BigDecimal lost) {
        BigDecimal millionths = BigDecimal.valueOf(credits.millionths())
                .multiply(lost.min(paid))
                .divide(paid, 0, RoundingMode.HALF_UP);
        return new Credits(millionths.longValueExact());
    }
}
