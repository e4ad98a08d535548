package ai.mavster.credits.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where rows begin and end: by the clock on the wall, whatever is done to it. */
class EdgesTest {

    /** In Antarctica, where clocks were set back by three hours in these years. */
    private static final Map<Bucket, Duration> LONGEST = Map.of(
            Bucket.HOUR, Duration.ofHours(1),
            Bucket.DAY, Duration.ofHours(27),
            Bucket.MONTH, Duration.ofDays(31).plusHours(3));

    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    private static List<Instant> within(Bucket bucket, String zone, String from, String to) {
        return new Edges(bucket, ZoneId.of(zone), null).within(Instant.parse(from), Instant.parse(to));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # days of 24, 23, 24.5, 23.5 and 25 hours
            DAY   | UTC                 | 2028-05-10T00:00:00Z | 2028-05-12T00:00:00Z | 2028-05-11T00:00:00Z
            DAY   | Asia/Kolkata        | 2028-05-10T00:00:00Z | 2028-05-11T00:00:00Z | 2028-05-10T18:30:00Z
            DAY   | Asia/Kathmandu      | 2028-05-10T18:15:00Z | 2028-05-12T18:15:00Z | 2028-05-11T18:15:00Z
            DAY   | Europe/Berlin       | 2028-03-25T23:00:00Z | 2028-03-27T22:00:00Z | 2028-03-26T22:00:00Z
            DAY   | Europe/Berlin       | 2028-10-28T22:00:00Z | 2028-10-30T23:00:00Z | 2028-10-29T23:00:00Z
            DAY   | Australia/Lord_Howe | 2028-04-01T13:00:00Z | 2028-04-03T13:30:00Z | 2028-04-02T13:30:00Z
            DAY   | Australia/Lord_Howe | 2028-09-30T13:30:00Z | 2028-10-02T13:00:00Z | 2028-10-01T13:00:00Z
            DAY   | America/St_Johns    | 2028-03-12T03:30:00Z | 2028-03-14T02:30:00Z | 2028-03-13T02:30:00Z
            DAY   | Pacific/Chatham     | 2028-04-01T10:15:00Z | 2028-04-03T11:15:00Z | 2028-04-02T11:15:00Z
            # from an evening when it is tomorrow in Greenwich
            DAY   | Pacific/Honolulu    | 2028-05-11T05:00:00Z | 2028-05-12T10:00:00Z | 2028-05-11T10:00:00Z
            MONTH | Pacific/Honolulu    | 2028-06-01T05:00:00Z | 2028-07-01T10:00:00Z | 2028-06-01T10:00:00Z
            # midnight is skipped, or comes twice; a whole day is skipped
            DAY   | America/Sao_Paulo   | 2018-11-03T03:00:00Z | 2018-11-05T02:00:00Z | 2018-11-04T03:00:00Z
            DAY   | America/St_Johns    | 2010-11-06T02:30:00Z | 2010-11-08T03:30:00Z | 2010-11-07T02:30:00Z
            DAY   | Pacific/Apia        | 2011-12-29T10:00:00Z | 2011-12-31T10:00:00Z | 2011-12-30T10:00:00Z
            HOUR  | Asia/Kolkata        | 2028-05-10T18:30:00Z | 2028-05-10T20:30:00Z | 2028-05-10T19:30:00Z
            HOUR  | Asia/Kathmandu      | 2028-05-10T18:00:00Z | 2028-05-10T19:15:00Z | 2028-05-10T18:15:00Z
            # 02:00 becomes 01:30, and on another day 02:30
            HOUR  | Australia/Lord_Howe | 2028-04-01T15:00:00Z | 2028-04-01T16:30:00Z | 2028-04-01T15:30:00Z
            HOUR  | Australia/Lord_Howe | 2028-09-30T15:30:00Z | 2028-09-30T17:00:00Z | 2028-09-30T16:00:00Z
            MONTH | Asia/Kathmandu      | 2028-02-29T00:00:00Z | 2028-03-31T18:15:00Z | 2028-02-29T18:15:00Z
            MONTH | America/St_Johns    | 2028-03-01T03:30:00Z | 2028-05-01T02:30:00Z | 2028-04-01T02:30:00Z
            """)
    void aRangeIsCutOnce(Bucket bucket, String zone, String from, String to, String between) {
        assertThat(within(bucket, zone, from, to))
                .containsExactly(Instant.parse(from), Instant.parse(between), Instant.parse(to));
    }

    @Test
    void withoutBucketsNothingCutsIt() {
        assertThat(within(Bucket.NONE, "Asia/Kolkata", "2028-01-01T00:00:00Z", "2029-01-01T00:00:00Z"))
                .hasSize(2);
    }

    /** Also with whoever lives at 17 minutes past: no row is empty, and none is longer than its name says. */
    @Test
    void edgesGoForwardInEveryZone() {
        for (String zone : ZoneId.getAvailableZoneIds()) {
            for (Bucket bucket : LONGEST.keySet()) {
                int days = bucket == Bucket.HOUR ? 31 : 400;
                Instant from = Instant.parse("2011-11-30T11:11:11.111111Z");
                List<Instant> edges =
                        new Edges(bucket, ZoneId.of(zone), null).within(from, from.plusSeconds(days * 86_400L));
                for (int i = 1; i < edges.size(); i++) {
                    assertThat(Duration.between(edges.get(i - 1), edges.get(i)))
                            .as(zone)
                            .isPositive()
                            .isLessThanOrEqualTo(LONGEST.get(bucket));
                }
                assertThat(edges.size()).as(zone).isBetween(14, 31 * 24 + 4);
            }
        }
    }

    /** What the rollups rest on. */
    @Test
    void everyOffsetIsMadeOfWholeQuarterHours() {
        for (String zone : ZoneId.getAvailableZoneIds()) {
            ZoneRules rules = ZoneId.of(zone).getRules();
            Instant at = Instant.parse("2000-01-01T00:00:00Z");
            assertThat(isWhole(rules.getOffset(at))).as(zone).isTrue();
            for (ZoneOffsetTransition shift = rules.nextTransition(at);
                    shift != null && shift.getInstant().isBefore(LATER);
                    shift = rules.nextTransition(shift.getInstant())) {
                assertThat(isWhole(shift.getOffsetAfter())).as(zone).isTrue();
            }
        }
    }

    private static boolean isWhole(ZoneOffset offset) {
        return offset.getTotalSeconds() % 900 == 0;
    }
}
