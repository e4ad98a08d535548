package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-0, 0, 0",
        "0e999999999, 0, 0",
        "1, 1000000, 1",
        "4500, 4500000000, 4500",
        "100, 100000000, 100",
        "0.125, 125000, 0.125",
        "0.000001, 1, 0.000001",
        "-0.000001, -1, -0.000001",
        "1.100000, 1100000, 1.1",
        "1.0000000000, 1000000, 1",
        "1e3, 1000000000, 1000",
        "1e-6, 1, 0.000001",
        "9223372036854.775807, 9223372036854775807, 9223372036854.775807",
        "-9223372036854.775808, -9223372036854775808, -9223372036854.775808"
    })
    void aDecimalIsReadAndWrittenExactly(String decimal, long millionths, String written) {
        Credits credits = Credits.parse(decimal);

        assertThat(credits.millionths()).isEqualTo(millionths);
        assertThat(credits).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0000001",
                "1.1234567",
                "1e-7",
                "1e-999999999",
                "9223372036854.775808",
                "-9223372036854.775809",
                "1e13",
                "1e400",
                "1e999999999"
            })
    void whatDoesNotFitIsRefused(String decimal) {
        assertThatThrownBy(() -> Credits.parse(decimal)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1 ", "NaN", "Infinity", "1,5", "0x1", "1e99999999999", "one"})
    void whatIsNoNumberIsRefused(String text) {
        assertThatThrownBy(() -> Credits.parse(text)).isInstanceOf(NumberFormatException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.5, 0.5",
        "0.000001, 0.5, 0.000001",
        "0.000001, 0.499999999, 0",
        "0.000003, 0.5, 0.000002",
        "-0.000001, 0.5, -0.000001",
        "2.5, 3, 7.5",
        "0.1, 0.000015, 0.000002",
        "3000, 1.5, 4500",
        "12, 0, 0"
    })
    void aProductIsRoundedOnceHalfUp(String amount, BigDecimal factor, String product) {
        assertThat(Credits.parse(amount).times(factor)).isEqualTo(Credits.parse(product));
    }

    @Test
    void nothingWrapsAround() {
        Credits most = new Credits(Long.MAX_VALUE);
        Credits least = new Credits(Long.MIN_VALUE);
        Credits smallest = new Credits(1);

        assertThatThrownBy(() -> most.plus(smallest)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> least.minus(smallest)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(least::negated).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.times(new BigDecimal("1.1"))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Credits.of(9_223_372_036_855L)).isInstanceOf(ArithmeticException.class);
        assertThat(most.minus(smallest).plus(smallest)).isEqualTo(most);
        assertThat(most.times(BigDecimal.ONE)).isEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({"4, 5", "5, 5", "6, 6", "9, 9", "10, 9", "-1, 5"})
    void anAmountIsClamped(long amount, long clamped) {
        assertThat(Credits.of(amount).clamp(Credits.of(5), Credits.of(9))).isEqualTo(Credits.of(clamped));
    }

    @Test
    void amountsAreOrdered() {
        assertThat(Credits.of(1)).isLessThan(Credits.of(2)).isGreaterThan(Credits.ZERO);
        assertThat(Credits.of(1).isLessThan(Credits.of(1))).isFalse();
        assertThat(Credits.of(-1).isNegative()).isTrue();
        assertThat(Credits.ZERO.isPositive() || Credits.ZERO.isNegative()).isFalse();
        assertThat(Credits.ZERO.isZero()).isTrue();
        assertThat(Credits.of(1).isPositive()).isTrue();
    }
}
