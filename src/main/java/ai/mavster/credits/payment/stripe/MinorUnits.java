package ai.mavster.credits.payment.stripe;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/**
 * Amounts as Stripe has them: whole numbers of a currency's smallest unit. How small that is goes by Stripe's own lists
 * (docs.stripe.com/currencies), which differ from ISO 4217 in places.
 */
final class MinorUnits {

    /** An amount is in the currency itself. Not ISK and UGX: for Stripe these have two decimals, which are zero. */
    private static final Set<String> WITHOUT_DECIMALS = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    /** An amount is in thousandths, of which the last digit is zero. */
    private static final Set<String> WITH_THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    /** Two decimals by Stripe's count, of which only whole amounts can be charged. */
    private static final Set<String> IN_WHOLE_UNITS = Set.of("ISK", "UGX");

    private MinorUnits() {}

    /**
     * An amount as it is asked for.
     *
     * @throws InvalidInput if it is finer than Stripe charges in that currency
     */
    static long of(Money money) {
        BigDecimal units = money.value().movePointRight(decimals(money.currency()));
        try {
            long whole = units.longValueExact();
            if (whole % step(money.currency()) == 0) {
                return whole;
            }
        } catch (ArithmeticException finer) {
            // as below
        }
        BigDecimal step = BigDecimal.valueOf(step(money.currency())).movePointLeft(decimals(money.currency()));
        throw new InvalidInput(
                "value",
                "must be a multiple of %s: Stripe charges %s no finer"
                        .formatted(step.toPlainString(), money.currency()));
    }

    /**
     * An amount as it is answered.
     *
     * @param currency as Stripe writes it: {@code eur}
     * @throws InvalidInput if it is no amount of money
     */
    static Money money(long units, String currency) {
        String code = currency.toUpperCase(Locale.ROOT);
        return new Money(BigDecimal.valueOf(units).movePointLeft(decimals(code)), code);
    }

    private static int decimals(String currency) {
        if (WITHOUT_DECIMALS.contains(currency)) {
            return 0;
        }
        return WITH_THREE_DECIMALS.contains(currency) ? 3 : 2;
    }

    private static int step(String currency) {
        if (IN_WHOLE_UNITS.contains(currency)) {
            return 100;
        }
        return WITH_THREE_DECIMALS.contains(currency) ? 10 : 1;
    }
}
