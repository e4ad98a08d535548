package ai.mavster.credits.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What credits cost, at the boundaries of its rounding. */
class CreditPriceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1000 | 10.00 EUR | 1000     | 10.00 EUR
            1000 | 10.00 EUR | 1        |  0.01 EUR
            1000 | 10.00 EUR | 0.5      |  0.01 EUR
            1000 | 10.00 EUR | 0.499999 | nothing
            1000 | 10.00 EUR | 150.5    |  1.51 EUR
            1000 | 10.00 EUR | 150.499999 | 1.50 EUR
            3    |  1.00 EUR | 1        |  0.33 EUR
            3    |  1.00 EUR | 2        |  0.67 EUR
            3    |  1.00 EUR | 9        |  3.00 EUR
            1000 | 1500 JPY  | 1        |  2 JPY
            1000 | 1499 JPY  | 1        |  1 JPY
            1000 |  499 JPY  | 1        |  nothing
            1    | 0.001 KWD | 2.5      |  0.003 KWD
            1    | 999999999999 JPY | 1 | 999999999999 JPY
            1    | 999999999999 JPY | 1.000001 | nothing
            """)
    void itIsRoundedOnceHalfUpToWhatTheCurrencyCanPay(String credits, String amount, String bought, String expected) {
        CreditPrice price = new CreditPrice(credits(credits), money(amount), Instant.EPOCH);

        String cost = price.of(credits(bought))
                .map(money -> money.value().toPlainString() + " " + money.currency())
                .orElse("nothing");

        assertThat(cost).isEqualTo(expected);
    }

    private static Credits credits(String text) {
        return Credits.of(new BigDecimal(text));
    }

    private static Money money(String text) {
        String[] parts = text.split(" ", -1);
        return new Money(new BigDecimal(parts[0]), parts[1]);
    }
}
