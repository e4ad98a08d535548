package ai.mavster.credits.recharge.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the provider is asked again. */
class WaitsTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            1,          -,    PT2S
            2,          -,    PT5S
            6,          -,    PT15M
            2147483647, -,    PT15M
            1,          PT1S, PT2S
            1,          PT9S, PT9S
            6,          PT1M, PT15M
            1,          PT2H, PT1H
            """)
    void waits(int attempts, Duration retryAfter, Duration wait) {
        assertThat(Waits.after(attempts, retryAfter)).isEqualTo(wait);
    }
}
