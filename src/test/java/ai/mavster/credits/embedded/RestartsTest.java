package ai.mavster.credits.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartsTest {

    private static final List<Duration> WAITS = List.of(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(9));

    /** Each death in seconds, and how long the last one is waited for. */
    @ParameterizedTest
    @CsvSource(nullValues = "given up", textBlock = """
            0                    , PT0S
            0 1                  , PT2S
            0 1 3                , PT9S
            0 1 3 12             , given up
            0 1 3 599            , given up
            0 1 3 600            , PT9S
            0 1 3 601            , PT2S
            0 1 3 603            , PT0S
            0 700 1400 2100 2800 , PT0S
            0 1 3 599 600        , PT9S
            """)
    void theyComeLaterAndLaterAndEndWhenThereWereTooMany(String deaths, Duration expected) {
        Restarts restarts = new Restarts(WAITS);
        Duration wait = null;
        for (String death : List.of(deaths.strip().split(" ", -1))) {
            wait = restarts.next(Duration.ofSeconds(Long.parseLong(death))).orElse(null);
        }
        assertThat(wait).isEqualTo(expected);
    }
}
