package ai.mavster.credits.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a figure. */
class CheckTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, GOOD, 0",
        "1, 0, BAD, 1",
        "500, 500, GOOD, 500",
        "12345, 500, BAD, '12,345'",
        ", 0, UNKNOWN, unknown"
    })
    void aCountIsGoodUpToItsBound(@Nullable BigDecimal count, long most, Check.State state, String value) {
        Check check = Check.count("name", count, most, "meaning", null);

        assertThat(check.state()).isEqualTo(state);
        assertThat(check.value()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0, GOOD, 0 s",
        "0.0123, GOOD, 12 ms",
        "-0.0004, GOOD, under 1 ms",
        "-0.5, GOOD, −500 ms",
        "59.9, GOOD, 59 s",
        "120, GOOD, 2 min",
        "7199, GOOD, 119 min",
        "7200, GOOD, 2 h",
        "7201, BAD, 2 h",
        "-7201, BAD, −2 h",
        "604800, BAD, 7 days",
        ", UNKNOWN, unknown"
    })
    void aTimeIsGoodUpToItsBoundEitherWay(@Nullable BigDecimal seconds, Check.State state, String value) {
        Check check = Check.time("name", seconds, Duration.ofHours(2), "meaning", null);

        assertThat(check.state()).isEqualTo(state);
        assertThat(check.value()).isEqualTo(value);
    }
}
