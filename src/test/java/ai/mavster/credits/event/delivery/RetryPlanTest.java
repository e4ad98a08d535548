package ai.mavster.credits.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When it is tried again: within five seconds at first, then ever later, over some three days; and as the receiver asks. */
class RetryPlanTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
             1, , 0, PT4S
             1, , 99, PT3.01S
             2, , 0, PT30S
             3, , 0, PT2M
             4, , 0, PT15M
             5, , 0, PT1H
             6, , 0, PT4H
             7, , 0, PT12H
             8, , 0, PT24H
             8, , 50, PT21H
             9, , 0, PT30H
            10, , 0,
             1, PT1S, 0, PT4S
             1, PT4S, 0, PT4S
             1, PT5S, 0, PT5S
             1, PT24H, 0, PT24H
             1, PT240H, 0, PT24H
             9, PT1H, 0, PT30H
            10, PT1H, 0,
            """)
    void waitsAreAsPlanned(int tries, Duration retryAfter, int random, Duration expected) {
        assertThat(RetryPlan.wait(tries, retryAfter, random)).isEqualTo(expected);
    }

    @Test
    void inAllItIsTriedForSomeThreeDays() {
        Duration shortest = Duration.ZERO;
        Duration longest = Duration.ZERO;
        for (int tries = 1; tries < 10; tries++) {
            longest = longest.plus(RetryPlan.wait(tries, null, 0));
            shortest = shortest.plus(RetryPlan.wait(tries, null, 99));
        }
        assertThat(longest).isBetween(Duration.ofHours(70), Duration.ofHours(74));
        assertThat(shortest).isBetween(Duration.ofHours(52), Duration.ofHours(56));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                             | PT0S
            120                           | PT2M
             7                            | PT7S
            999999999                     | PT999999999S
            9999999999                    |
            -1                            |
            1.5                           |
            soon                          |
            ''                            |
            Sat, 21 Nov 2026 18:40:00 GMT | PT1M
            Sat, 21 Nov 2026 18:38:00 GMT | PT0S
            2026-11-21T18:40:00Z          |
                                          |
            """)
    void wishesAreSecondsOrADate(String retryAfter, Duration expected) {
        assertThat(RetryPlan.retryAfter(retryAfter, Instant.parse("2026-11-21T18:39:00Z")))
                .isEqualTo(expected);
    }
}
