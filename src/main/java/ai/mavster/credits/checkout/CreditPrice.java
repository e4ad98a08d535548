package ai.mavster.credits.checkout;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;

/**
 * What credits cost where no pack is bought.
 *
 * @param credits how many the amount is for, more than zero
 * @param effectiveFrom from when on, until the next version
 */
public record CreditPrice(Credits credits, Money amount, Instant effectiveFrom) {

    private static final BigDecimal MOST = BigDecimal.TEN.pow(12);

    /**
     * What so many credits cost: credits × amount ÷ what that is for, rounded half up to the currency's minor unit.
     *
     * @return empty where that rounds to nothing, or is too much to be an amount of money
     */
    public Optional<Money> of(Credits bought) {
        int decimals = Currency.getInstance(amount.currency()).getDefaultFractionDigits();
        BigDecimal price = BigDecimal.valueOf(bought.millionths())
                .multiply(amount.value())
                .divide(BigDecimal.valueOf(credits.millionths()), decimals, RoundingMode.HALF_UP);
        return price.signum() > 0 && price.compareTo(MOST) < 0
                ? Optional.of(new Money(price, amount.currency()))
                : Optional.empty();
    }

    /** Whether it costs the same. */
    boolean costsTheSameAs(CreditPrice other) {
        return credits.equals(other.credits) && amount.equals(other.amount);
    }
}
