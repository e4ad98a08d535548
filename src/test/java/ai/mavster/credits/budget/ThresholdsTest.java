package ai.mavster.credits.budget;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which thresholds an amount has reached. */
class ThresholdsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # percents,     limit,      amount,        reached
            50 75 90,       100,        0,             ''
            50 75 90,       100,        49.999999,     ''
            50 75 90,       100,        50,            50
            50 75 90,       100,        74.999999,     50
            50 75 90,       100,        75,            50 75
            50 75 90,       100,        89.999999,     50 75
            50 75 90,       100,        90,            50 75 90
            50 75 90,       100,        1000,          50 75 90
            50 75 90,       0.000001,   0.000001,      50 75 90
            50 75 90,       3,          1.5,           50
            33.33,          100,        33.33,         33.33
            33.33,          100,        33.329999,     ''
            33.33,          0.01,       0.003333,      33.33
            33.33,          0.01,       0.003332,      ''
            0.01,           1000000000, 100000,        0.01
            0.01,           1000000000, 99999.999999,  ''
            100 150,        100,        149.999999,    100
            100 150,        100,        150,           100 150
            50 75 90,       0,          5,             ''
            50 75 90,       ,           5,             ''
            """)
    void areReachedFromTheirShareOn(String percents, String limit, String amount, String reached) {
        Thresholds thresholds = Thresholds.of(
                Stream.of(percents.split(" ", -1)).map(BigDecimal::new).toList());
        assertThat(thresholds.reached(limit == null ? null : Credits.parse(limit), Credits.parse(amount)).stream()
                        .map(BigDecimal::toPlainString)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(reached);
    }

    @Test
    void areKeptLowestFirstAndEachOnce() {
        Thresholds thresholds = Thresholds.of(
                List.of(new BigDecimal("90.50"), new BigDecimal("1E+2"), new BigDecimal("100.0"), new BigDecimal("5")));
        assertThat(thresholds.text()).isEqualTo("5,90.5,100");
        assertThat(Thresholds.parse(thresholds.text())).isEqualTo(thresholds);
        assertThat(Thresholds.parse(Thresholds.NONE.text())).isEqualTo(Thresholds.NONE);
        assertThat(Thresholds.DEFAULT.text()).isEqualTo("50,75,90");
    }
}
