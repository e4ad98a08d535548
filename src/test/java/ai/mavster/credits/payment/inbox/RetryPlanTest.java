package ai.mavster.credits.payment.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a provider is asked again: within seconds at first, later every six hours, for ever; and as it asks. */
class RetryPlanTest {

    @ParameterizedTest
    @CsvSource(
            value = {
                "1, , 0, PT2S",
                "1, , 99, PT1.505S",
                "2, , 0, PT10S",
                "3, , 0, PT1M",
                "4, , 0, PT5M",
                "5, , 0, PT30M",
                "6, , 0, PT2H",
                "7, , 0, PT6H",
                "7, , 50, PT5H15M",
                "1000, , 0, PT6H",
                "1, PT1S, 0, PT2S",
                "1, PT2S, 0, PT2S",
                "1, PT3S, 0, PT3S",
                "1, PT6H, 0, PT6H",
                "1, PT60H, 0, PT6H",
                "7, PT1S, 0, PT6H",
            })
    void waitsAreAsPlanned(int attempts, Duration retryAfter, int random, Duration expected) {
        assertThat(RetryPlan.wait(attempts, retryAfter, random)).isEqualTo(expected);
    }
}
