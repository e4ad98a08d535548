package ai.mavster.credits.portal.overview;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceBarTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # balance, held, next grant, cap : not held, held, coming, mark
            0,         0,    0,          -,    0,        0,    0,      -
            0,         0,    3000,       4500, 0,        0,    667,    1000
            3000,      0,    1500,       4500, 667,      0,    333,    1000
            3000,      900,  1500,       4500, 467,      200,  333,    1000
            9000,      0,    0,          4500, 1000,     0,    0,      500
            9000,      9000, 0,          4500, 0,        1000, 0,      500
            500,       0,    500,        -,    500,      0,    500,    -
            0.000001,  0,    0,          4500, 0,        0,    0,      1000
            """)
    void isAsLongAsTheCapOrTheBalance(
            String balance, String held, String coming, String cap, int free, int reserved, int next, Integer mark) {
        assertThat(BalanceBar.of(
                        Credits.parse(balance),
                        Credits.parse(held),
                        Credits.parse(coming),
                        cap == null ? null : Credits.parse(cap)))
                .isEqualTo(new BalanceBar(free, reserved, next, mark));
    }
}
