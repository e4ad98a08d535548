package ai.mavster.credits.budget.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where windows by the calendar start and end: on the wall of the account. */
class WindowTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # at,                        zone,             kind,  start,                end
            2026-11-21T18:39:00Z,        UTC,              DAY,   2026-11-21T00:00:00Z, 2026-11-22T00:00:00Z
            2026-11-21T00:00:00Z,        UTC,              DAY,   2026-11-21T00:00:00Z, 2026-11-22T00:00:00Z
            2026-11-20T23:59:59.999999Z, UTC,              DAY,   2026-11-20T00:00:00Z, 2026-11-21T00:00:00Z
            2026-11-21T18:39:00Z,        UTC,              WEEK,  2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z
            2026-11-23T00:00:00Z,        UTC,              WEEK,  2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z
            2026-11-30T23:00:00Z,        UTC,              MONTH, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z
            2026-11-30T23:00:00Z,        Europe/Berlin,    MONTH, 2026-11-30T23:00:00Z, 2026-12-31T23:00:00Z
            2026-11-30T22:59:59Z,        Europe/Berlin,    MONTH, 2026-10-31T23:00:00Z, 2026-11-30T23:00:00Z
            2026-11-30T23:00:00Z,        Europe/Berlin,    BILLING_PERIOD, 2026-11-30T23:00:00Z, 2026-12-31T23:00:00Z
            # Summer time begins and ends: days of 23 and 25 hours, and the weeks and months that they are in.
            2026-03-29T12:00:00Z,        Europe/Berlin,    DAY,   2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z
            2026-10-25T12:00:00Z,        Europe/Berlin,    DAY,   2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z
            2026-10-25T00:30:00Z,        Europe/Berlin,    DAY,   2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z
            2026-03-29T00:59:59Z,        Europe/Berlin,    WEEK,  2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z
            2026-10-25T22:59:59Z,        Europe/Berlin,    WEEK,  2026-10-18T22:00:00Z, 2026-10-25T23:00:00Z
            2026-03-15T00:00:00Z,        Europe/Berlin,    MONTH, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z
            # Midnight is skipped: the day starts at one.
            2026-09-06T12:00:00Z,        America/Santiago, DAY,   2026-09-06T04:00:00Z, 2026-09-07T03:00:00Z
            2026-09-06T03:59:59Z,        America/Santiago, DAY,   2026-09-05T04:00:00Z, 2026-09-06T04:00:00Z
            # The last hour before midnight comes twice, and is of one day.
            2026-04-05T03:30:00Z,        America/Santiago, DAY,   2026-04-04T03:00:00Z, 2026-04-05T04:00:00Z
            2026-04-05T02:30:00Z,        America/Santiago, DAY,   2026-04-04T03:00:00Z, 2026-04-05T04:00:00Z
            # A minute past midnight goes back to a minute past eleven: what comes twice is of the day that has begun.
            2010-11-07T02:30:30Z,        America/St_Johns, DAY,   2010-11-07T02:30:00Z, 2010-11-08T03:30:00Z
            2010-11-07T03:00:00Z,        America/St_Johns, DAY,   2010-11-07T02:30:00Z, 2010-11-08T03:30:00Z
            2010-11-07T02:29:59Z,        America/St_Johns, DAY,   2010-11-06T02:30:00Z, 2010-11-07T02:30:00Z
            # A day that there never was.
            2011-12-30T09:59:59Z,        Pacific/Apia,     DAY,   2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z
            2011-12-30T10:00:00Z,        Pacific/Apia,     DAY,   2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z
            """)
    void isTheOneThatTheInstantLiesIn(Instant at, String zone, WindowKind kind, Instant start, Instant end) {
        assertThat(Window.at(at, kind, ZoneId.of(zone), null)).isEqualTo(new Window(kind, start, end));
    }

    /** In zones with whatever history: each window follows the one before, and every instant is in its own. */
    @Test
    void windowsFollowOneAnother() {
        List<String> zones = List.of(
                "Europe/Berlin",
                "America/St_Johns",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "America/Havana",
                "Asia/Beirut");
        for (String zone : zones) {
            for (WindowKind kind : WindowKind.values()) {
                Window last = Window.at(Instant.parse("2008-01-01T00:00:00Z"), kind, ZoneId.of(zone), null);
                while (last.end().isBefore(Instant.parse("2013-01-01T00:00:00Z"))) {
                    Window next = Window.at(last.end(), kind, ZoneId.of(zone), null);
                    assertThat(next.start()).as(zone).isEqualTo(last.end());
                    for (Duration step :
                            List.of(Duration.ofMinutes(29), Duration.ofMinutes(61), Duration.ofHours(22))) {
                        Instant within = next.start().plus(step);
                        assertThat(Window.at(within, kind, ZoneId.of(zone), null))
                                .isEqualTo(next);
                    }
                    last = next;
                }
            }
        }
    }
}
