package ai.mavster.credits.sql;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.sql.ClockOffset.Reading;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far the clocks of the service and of the database are apart. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ClockOffsetTest {

    private static final Instant NOON = Instant.parse("2027-01-10T12:00:00Z");

    @Inject
    MovableClock clock;

    @Inject
    ClockOffset offset;

    @AfterEach
    void setClockRight() {
        clock.reset();
        offset.measure();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # asked at, database says, answered at, ahead
            PT0S,       PT0S,          PT0S,        PT0S
            PT0S,       PT0.1S,        PT0.2S,      PT0S
            PT0S,       PT0S,          PT0.2S,      PT0.1S
            PT5S,       PT0.001S,      PT5.002S,    PT5S
            PT0S,       PT3S,          PT1S,        PT-2.5S
            """)
    void itIsTakenFromTheMiddleOfTheRoundTrip(Duration before, Duration database, Duration after, Duration ahead) {
        Reading reading = new Reading(NOON.plus(before), NOON.plus(database), NOON.plus(after));

        assertThat(reading.offset()).isEqualTo(ahead);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, -1, 1", "PT5S, 4, 6", "PT-1H, -3601, -3599"})
    void theMetricSaysBySecondsAndSign(Duration moved, BigDecimal from, BigDecimal to) {
        clock.moveBy(moved);

        offset.measure();

        assertThat(Scrape.now().of("clock_offset_seconds")).isBetween(from, to);
    }

    @Test
    void beyondTheLimitItIsToldOnceAndOnceMoreWhenItIsOver() {
        offset.measure();
        List<Level> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                told.add(message.getLevel());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(ClockOffset.class.getName());
        log.addHandler(handler);
        try {
            clock.moveBy(Duration.ofMillis(-2_500));
            offset.measure();
            offset.measure();
            assertThat(told).extracting(Level::getName).containsExactly("WARN");
            clock.moveBy(Duration.ofSeconds(2));
            offset.measure();
            offset.measure();
            assertThat(told).extracting(Level::getName).containsExactly("WARN", "INFO");
        } finally {
            log.removeHandler(handler);
        }
    }
}
