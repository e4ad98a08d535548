package ai.mavster.credits.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts as docs.stripe.com/currencies has them. */
class MinorUnitsTest {

    @ParameterizedTest
    @CsvSource({
        "EUR, 49, 4900",
        "EUR, 0.01, 1",
        "EUR, 999999999999.99, 99999999999999",
        "USD, 0.50, 50",
        "HUF, 12.34, 1234",
        "TWD, 800, 80000",
        "JPY, 500, 500",
        "JPY, 1, 1",
        "KRW, 1000, 1000",
        "MGA, 7, 7",
        "XPF, 30, 30",
        "ISK, 5, 500",
        "UGX, 5, 500",
        "KWD, 5, 5000",
        "KWD, 5.12, 5120",
        "BHD, 0.01, 10",
        "TND, 1.230, 1230",
    })
    void goesBothWays(String currency, BigDecimal value, long units) {
        Money money = new Money(value, currency);
        assertThat(MinorUnits.of(money)).isEqualTo(units);
        assertThat(MinorUnits.money(units, currency.toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(money);
    }

    @ParameterizedTest
    @CsvSource({"KWD, 5.123, 0.010", "OMR, 0.001, 0.010", "MGA, 7.20, 1"})
    void whatIsFinerIsRefused(String currency, BigDecimal value, String step) {
        assertThatThrownBy(() -> MinorUnits.of(new Money(value, currency)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("value must be a multiple of %s: Stripe charges %s no finer", step, currency);
    }
}
