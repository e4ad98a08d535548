package ai.mavster.credits.subscription.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Months of subscriptions on the calendar. */
class PeriodTest {

    private static final ZoneId UTC = ZoneOffset.UTC;
    private static final Duration SHORTEST_STEP = Duration.ofNanos(1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # anchor             | starts of the periods that follow
            2025-01-31T00:00:00Z | 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31 01-31
            2024-01-31T00:00:00Z | 02-29 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31 01-31
            2024-01-30T00:00:00Z | 02-29 03-30 04-30 05-30
            2025-01-30T00:00:00Z | 02-28 03-30 04-30 05-30
            2024-01-29T00:00:00Z | 02-29 03-29
            2025-01-29T00:00:00Z | 02-28 03-29
            2024-02-29T00:00:00Z | 03-29 04-29 05-29 06-29 07-29 08-29 09-29 10-29 11-29 12-29 01-29 02-28 03-29
            2000-02-28T00:00:00Z | 03-28 04-28
            2100-01-31T00:00:00Z | 02-28 03-31
            2025-04-30T00:00:00Z | 05-30 06-30
            2025-08-31T23:59:59Z | 09-30 10-31
            """)
    void theDayIsTheAnchorsOrTheMonthsLast(Instant anchor, String days) {
        List<String> expected = List.of(days.split(" "));

        assertThat(IntStream.rangeClosed(1, expected.size())
                        .mapToObj(index -> Period.of(anchor, UTC, index).start().atZone(UTC))
                        .map(start -> "%02d-%02d".formatted(start.getMonthValue(), start.getDayOfMonth())))
                .isEqualTo(expected);
        assertThat(Period.of(anchor, UTC, 7).start().atZone(UTC).toLocalTime())
                .isEqualTo(anchor.atZone(UTC).toLocalTime());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # zone               | anchor               | index | start
            # the anchor's hour on the wall stays, whatever the offset
            Europe/Berlin        | 2026-01-15T11:00:00Z | 3     | 2026-04-15T10:00:00Z
            Europe/Berlin        | 2026-01-15T11:00:00Z | 10    | 2026-11-15T11:00:00Z
            # 02:30 does not exist on 29 March: an hour later on the wall
            Europe/Berlin        | 2026-01-29T01:30:00Z | 2     | 2026-03-29T01:30:00Z
            Europe/Berlin        | 2026-01-29T01:30:00Z | 3     | 2026-04-29T00:30:00Z
            # 02:30 comes twice on 25 October: the one with the anchor's offset
            Europe/Berlin        | 2026-08-25T00:30:00Z | 2     | 2026-10-25T00:30:00Z
            Europe/Berlin        | 2026-01-25T01:30:00Z | 9     | 2026-10-25T01:30:00Z
            # midnight itself does not exist: the day begins at 01:00
            America/Sao_Paulo    | 2017-08-15T03:00:00Z | 2     | 2017-10-15T03:00:00Z
            Africa/Cairo         | 2026-02-23T22:00:00Z | 2     | 2026-04-23T22:00:00Z
            America/Santiago     | 2026-07-06T04:00:00Z | 2     | 2026-09-06T04:00:00Z
            # a day that its islands skipped
            Pacific/Apia         | 2011-11-30T10:00:00Z | 1     | 2011-12-30T10:00:00Z
            # half an hour
            Australia/Lord_Howe  | 2026-01-09T13:00:00Z | 6     | 2026-07-09T13:30:00Z
            """)
    void theZonesClockCounts(ZoneId zone, Instant anchor, int index, Instant start) {
        assertThat(Period.of(anchor, zone, index).start()).isEqualTo(start);
    }

    @Test
    void theStartBelongsToItAndTheEndToTheNext() {
        Instant anchor = Instant.parse("2025-01-31T12:00:00Z");
        Period february = Period.of(anchor, UTC, 1);

        assertThat(february)
                .isEqualTo(new Period(1, Instant.parse("2025-02-28T12:00:00Z"), Instant.parse("2025-03-31T12:00:00Z")));
        assertThat(Period.holding(anchor, UTC, february.start())).isEqualTo(february);
        assertThat(Period.holding(anchor, UTC, february.end().minus(SHORTEST_STEP)))
                .isEqualTo(february);
        assertThat(Period.holding(anchor, UTC, february.end())).isEqualTo(Period.of(anchor, UTC, 2));
        assertThat(february.next(anchor, UTC)).isEqualTo(Period.of(anchor, UTC, 2));
    }

    @Test
    void beforeTheAnchorItIsTheFirst() {
        Instant anchor = Instant.parse("2025-01-31T12:00:00Z");

        assertThat(Period.holding(anchor, UTC, anchor.minusSeconds(300))).isEqualTo(Period.of(anchor, UTC, 0));
        assertThat(Period.holding(anchor, UTC, anchor.minus(Duration.ofDays(1000))))
                .isEqualTo(Period.of(anchor, UTC, 0));
    }

    /** Every zone that Java knows, a hundred years of months each, from anchors that the seed picks. */
    @Test
    void monthsFollowEachOtherInEveryZone() {
        List<String> zones = new ArrayList<>(ZoneId.getAvailableZoneIds());
        Collections.sort(zones);
        SplittableRandom random = new SplittableRandom(1131);
        for (String id : zones) {
            ZoneId zone = ZoneId.of(id);
            monthsFollowEachOther(zone, anyAnchor(zone, random), 1_200);
            monthsFollowEachOther(zone, anchorAtATransition(zone, random), 1_200);
        }
    }

    private static Instant anyAnchor(ZoneId zone, SplittableRandom random) {
        LocalDateTime day = LocalDateTime.of(2000 + random.nextInt(30), 1 + random.nextInt(12), 1, 0, 0)
                .plusDays(random.nextInt(31));
        return (random.nextBoolean() ? day : day.plusSeconds(random.nextInt(86_400)))
                .atZone(zone)
                .toInstant();
    }

    /** On the wall clock's time of a change, so that some period starts in a gap or in an hour that comes twice. */
    private static Instant anchorAtATransition(ZoneId zone, SplittableRandom random) {
        Instant from = Instant.parse("2000-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(9_000)));
        ZoneOffsetTransition change = zone.getRules().nextTransition(from);
        LocalDateTime wall = change == null
                ? from.atZone(zone).toLocalDateTime()
                : change.getDateTimeBefore().plusMinutes(random.nextInt(-60, 60));
        return wall.minusMonths(random.nextInt(12)).atZone(zone).toInstant();
    }

    private static void monthsFollowEachOther(ZoneId zone, Instant anchor, int months) {
        LocalDateTime first = anchor.atZone(zone).toLocalDateTime();
        Period before = Period.of(anchor, zone, 0);
        assertThat(before.start()).as("%s from %s", zone, anchor).isEqualTo(anchor);
        for (int index = 1; index <= months; index++) {
            Period period = Period.of(anchor, zone, index);
            String which = zone + " from " + anchor + ", " + period;
            YearMonth month = YearMonth.from(first).plusMonths(index);
            LocalDateTime wall = LocalDateTime.of(
                    month.atDay(Math.min(first.getDayOfMonth(), month.lengthOfMonth())), first.toLocalTime());
            boolean rightTime = instantsOf(wall, zone).contains(period.start());
            // plain conditions: a million assertions with descriptions take a minute
            if (!rightTime
                    || !period.start().equals(before.end())
                    || !period.start().isBefore(period.end())
                    || !Period.holding(anchor, zone, period.start()).equals(period)
                    || !Period.holding(anchor, zone, period.start().minus(SHORTEST_STEP))
                            .equals(before)
                    || !before.next(anchor, zone).equals(period)) {
                throw new AssertionError(which + " after " + before + ", on the wall " + wall);
            }
            before = period;
        }
    }

    /**
     * What a wall clock's time may mean: one instant; two where it comes twice; moved on by the gap where it never
     * comes.
     */
    private static List<Instant> instantsOf(LocalDateTime wall, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(wall);
        if (offsets.isEmpty()) {
            return List.of(wall.toInstant(zone.getRules().getTransition(wall).getOffsetBefore()));
        }
        return offsets.stream().map(wall::toInstant).toList();
    }
}
