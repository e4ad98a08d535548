package ai.mavster.credits.alert;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast credits are used, and when they are used up by that. */
class RunRateTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T12:00:00Z, 2026-11-15T00:00:00Z",
        "2026-11-21T00:00:00Z, 2026-11-15T00:00:00Z",
        "2026-11-20T23:59:59.999999Z, 2026-11-14T00:00:00Z"
    })
    void itLooksBackAtSixDaysAndToday(Instant now, Instant since) {
        assertThat(RunRate.since(now)).isEqualTo(since);
    }

    /** Six days and a half; of whoever began later less, but never less than a day. */
    @ParameterizedTest
    @CsvSource({
        "2020-01-01T00:00:00Z, PT156H",
        "2026-11-15T00:00:00Z, PT156H",
        "2026-11-15T00:00:01Z, PT155H59M59S",
        "2026-11-20T12:00:00Z, PT24H",
        "2026-11-20T12:00:01Z, PT24H",
        "2026-11-21T12:00:00Z, PT24H",
        "2026-12-01T00:00:00Z, PT24H"
    })
    void theRateIsOverWhatTheAccountHasLived(Instant begun, Duration over) {
        assertThat(RunRate.of(Credits.of(1), begun, NOW).over()).isEqualTo(over);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "never",
            value = {
                "100, PT24H, 100, 2026-11-22T12:00:00Z",
                "100, PT24H, 50, 2026-11-22T00:00:00Z",
                "100, PT48H, 50, 2026-11-22T12:00:00Z",
                "0.000001, PT24H, 0.000001, 2026-11-22T12:00:00Z",
                "3, PT24H, 1, 2026-11-21T20:00:00Z",
                "7, PT24H, 1, 2026-11-21T15:25:42Z",
                "0, PT24H, 100, never",
                "-5, PT24H, 100, never",
                "0.000001, PT24H, 1000000000, never",
                "9000000000000, PT168H, 9000000000000, 2026-11-28T12:00:00Z"
            })
    void whatIsAvailableLastsSoLong(Credits used, Duration over, Credits available, Instant until) {
        assertThat(new RunRate(used, over).reaches(available, NOW)).isEqualTo(until);
    }

    @ParameterizedTest
    @CsvSource({
        "100, PT48H, PT24H, 50",
        "100, PT24H, PT240H, 1000",
        "1, PT24H, PT1S, 0.000012",
        "-10, PT24H, PT48H, -20",
        "9000000000000, PT168H, PT168H, 9000000000000"
    })
    void soMuchIsNeededWithinSoLong(Credits used, Duration over, Duration within, Credits needed) {
        assertThat(new RunRate(used, over).within(within)).isEqualTo(needed);
    }
}
