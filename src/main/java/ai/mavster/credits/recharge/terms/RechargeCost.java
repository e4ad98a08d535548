package ai.mavster.credits.recharge.terms;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The most that auto-recharge may cost.
 *
 * @param perPeriod within a period of the subscription, a month
 * @param perYear within twelve of them
 */
@Schema(name = "RechargeCost", examples = """
        {"per_period": {"value": 40.00, "currency": "EUR"}, "per_year": {"value": 480.00, "currency": "EUR"}}""")
public record RechargeCost(Money perPeriod, Money perYear) {

    private static final BigDecimal PERIODS = BigDecimal.valueOf(12);
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal MOST = BigDecimal.TEN.pow(12);

    /**
     * By the price that is in force. Each recharge is rounded by itself: of one size so many fit as do, and cost so many
     * times what one does; of gaps, which are larger than from the threshold upwards, each may be rounded up by half a
     * coin.
     *
     * @param credits how many {@code amount} is for
     * @return null: something is not set, or it is no amount of money
     */
    public static @Nullable RechargeCost of(RechargeTerms terms, Credits credits, Money amount) {
        if (!terms.isComplete()) {
            return null;
        }
        int decimals = Currency.getInstance(amount.currency()).getDefaultFractionDigits();
        BigDecimal most = terms.creditsToAdd() == null
                ? ofGaps(terms, credits, amount, decimals)
                : ofSize(terms.creditsToAdd(), terms, credits, amount, decimals);
        BigDecimal year = most.multiply(PERIODS);
        return most.signum() > 0 && year.compareTo(MOST) < 0
                ? new RechargeCost(new Money(most, amount.currency()), new Money(year, amount.currency()))
                : null;
    }

    private static BigDecimal ofSize(Credits size, RechargeTerms terms, Credits credits, Money amount, int decimals) {
        BigDecimal one =
                millionths(size).multiply(amount.value()).divide(millionths(credits), decimals, RoundingMode.HALF_UP);
        return one.multiply(BigDecimal.valueOf(limit(terms).millionths() / size.millionths()));
    }

    private static BigDecimal ofGaps(RechargeTerms terms, Credits credits, Money amount, int decimals) {
        Credits least = Objects.requireNonNull(terms.topUpTo()).minus(Objects.requireNonNull(terms.threshold()));
        BigDecimal recharges = BigDecimal.valueOf(limit(terms).millionths() / least.millionths());
        BigDecimal rounding = HALF.movePointLeft(decimals).multiply(recharges);
        // Rounding up the quotient's digits beyond the smallest coin's cannot lower what is rounded up afterwards.
        BigDecimal exact = millionths(limit(terms))
                .multiply(amount.value())
                .divide(millionths(credits), decimals + Credits.DECIMALS, RoundingMode.CEILING);
        return exact.add(rounding).setScale(decimals, RoundingMode.CEILING);
    }

    private static Credits limit(RechargeTerms terms) {
        return Objects.requireNonNull(terms.limitPerPeriod());
    }

    private static BigDecimal millionths(Credits credits) {
        return BigDecimal.valueOf(credits.millionths());
    }
}
