package ai.mavster.credits.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Price times quantity, figure by figure. */
class RateTest {

    private static Rate rate(String minimum, String maximum) {
        return new Rate("a", "step", Credits.parse(minimum), Credits.parse(maximum), Instant.EPOCH);
    }

    @ParameterizedTest(name = "{1} at {0} cost {2}")
    @CsvSource(textBlock = """
            # price, quantity, cost
            1,          1,                1
            12.5,       3,                37.5
            0,          999999999.999999, 0
            300,        0,                0
            # half a millionth is rounded up, anything less down
            0.000001,   0.5,              0.000001
            0.000001,   0.499999,         0
            0.000001,   1.5,              0.000002
            0.000001,   1.499999,         0.000001
            0.000003,   0.5,              0.000002
            0.000001,   0.000001,         0
            0.125,      0.000004,         0.000001
            0.125,      0.000003,         0
            # once, at the end
            0.333333,   3,                0.999999
            0.000001,   999999999.999999, 1000
            123.456789, 0.333333,         41.152222
            # what a double would get wrong
            0.1,        3,                0.3
            9007199.254741, 1,            9007199.254741
            # up to a billion
            1000000000, 1,                1000000000
            500000000,  2,                1000000000
            1000000000, 1.000001,
            500000000,  2.000001,
            1000000000, 999999999.999999,
            """)
    void aFixedPriceTimesAQuantityIsRoundedOnceHalfUp(String price, BigDecimal quantity, String cost) {
        Rate rate = rate(price, price);

        assertThat(rate.isFixed()).isTrue();
        assertThat(rate.price(quantity).map(Credits::toString).orElse(null)).isEqualTo(cost);
    }

    @ParameterizedTest(name = "{2} at {0} to {1} cost {3}, {4} or {5}")
    @CsvSource(textBlock = """
            # minimum, maximum, quantity, min, expected, max
            10,       50,         1,         10,       30,       50
            1,        5,          2.5,       2.5,      7.5,      12.5
            0,        0.000001,   1,         0,        0.000001, 0.000001
            0.000001, 0.000002,   1,         0.000001, 0.000002, 0.000002
            # the middle is not rounded before it is multiplied
            0.000001, 0.000002,   0.333333,  0,        0,        0.000001
            0.000001, 0.000002,   0.333334,  0,        0.000001, 0.000001
            0.000001, 0.000002,   1000,      0.001,    0.0015,   0.002
            0,        1000000000, 1,         0,        500000000, 1000000000
            999999999.999999, 1000000000, 1, 999999999.999999, 1000000000, 1000000000
            """)
    void aRangeIsExpectedInItsMiddle(
            String minimum, String maximum, BigDecimal quantity, String min, String expected, String max) {
        Rate rate = rate(minimum, maximum);

        assertThat(rate.isFixed()).isFalse();
        assertThat(rate.cost(quantity))
                .contains(new Rate.Cost(Credits.parse(min), Credits.parse(expected), Credits.parse(max)));
    }

    @Test
    void aRangeIsTooMuchIfItsMostIs() {
        BigDecimal quantity = new BigDecimal("2.000001");

        assertThat(rate("0", "500000000").cost(quantity)).isEmpty();
        assertThat(rate("0", "500000000").limitExceeded(quantity))
                .isEqualTo("costs too much: 2.000001 times up to 500000000 credits is more than the 1000000000 credits"
                        + " that one command may move");
    }

    @Test
    void aRangeHasNoOnePrice() {
        assertThatThrownBy(() -> rate("1", "2").price(BigDecimal.ONE)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest(name = "{0} for {3} at {1} to {2}: an outlier is {4}")
    @CsvSource(textBlock = """
            # credits, minimum, maximum, quantity, outlier
            9.999999,  10, 50, 1, true
            10,        10, 50, 1, false
            50,        10, 50, 1, false
            50.000001, 10, 50, 1, true
            24.999999, 10, 50, 2.5, true
            25,        10, 50, 2.5, false
            125,       10, 50, 2.5, false
            125.000001, 10, 50, 2.5, true
            0,         0,  5,  1, false
            # a fixed price
            12.5,      12.5, 12.5, 1, false
            12.499999, 12.5, 12.5, 1, true
            12.500001, 12.5, 12.5, 1, true
            0,         0, 0, 3, false
            0.000001,  0, 0, 3, true
            # the bounds are rounded as prices are
            0.000001,  0.000001, 0.000001, 0.5,      false
            0,         0.000001, 0.000001, 0.499999, false
            0.000001,  0.000001, 0.000001, 0.499999, true
            # bounds beyond what a command may move, and beyond a long
            1000000000, 500000000, 500000000, 2.000001, true
            1000000000, 1, 1000000000, 999999999.999999, false
            999999999, 1, 1000000000, 999999999.999999, true
            """)
    void outsideOfItsBoundsIsAnOutlier(
            String credits, String minimum, String maximum, BigDecimal quantity, boolean outlier) {
        assertThat(rate(minimum, maximum).isOutlier(Credits.parse(credits), quantity))
                .isEqualTo(outlier);
    }
}
