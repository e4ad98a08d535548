package ai.mavster.credits.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.page.Language;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.usage.UsageByDay;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageChartTest {

    private static final Instant DAY = Instant.parse("2026-11-21T00:00:00Z");
    private static final Texts TEXTS = new Language(
                    Locale.ENGLISH, Map.of("usage.others", "Others", "usage.none", "None"), Map.of())
            .texts(Language.UTC);

    /** What each day has, of as many things as it names. */
    private static UsageChart chart(String... days) {
        List<UsageByDay.Day> all = Stream.of(days)
                .map(day -> new UsageByDay.Day(
                        DAY, Stream.of(day.split(" ")).map(Credits::parse).toList()))
                .toList();
        List<UsageByDay.Group> groups = Stream.of("a", "", "c", "d", "e", "f")
                .map(id -> new UsageByDay.Group(id, Credits.of(1), 1))
                .toList();
        return UsageChart.of(new UsageByDay.Answer(DAY, DAY, groups, false, groups.get(0), all), TEXTS);
    }

    private static Stream<String> parts(UsageChart chart) {
        return chart.parts().stream()
                .map(part -> "%d: %s+%s %s+%s"
                        .formatted(
                                part.number(),
                                plain(part.x()),
                                plain(part.width()),
                                plain(part.y()),
                                plain(part.height())));
    }

    private static String plain(java.math.BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    @Test
    void partsOfADayLieOnEachOther() {
        assertThat(parts(chart("60 40", "0 50")))
                .containsExactly("1: 62.5+375 96+144", "2: 62.5+375 0+96", "2: 562.5+375 120+120");
    }

    @Test
    void whatWasGivenBackIsNotDrawn() {
        assertThat(parts(chart("-60 50"))).containsExactly("2: 125+750 0+240");
        assertThat(parts(chart("-60"))).isEmpty();
    }

    @Test
    void namesTheFirstAndTheRestTogether() {
        assertThat(chart("1 1 1 1 1 1").series())
                .extracting(UsageChart.Series::name)
                .containsExactly("a", "None", "c", "d", "e", "Others");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0.000001, 0.000001",
        "0.3, 0.5",
        "1, 1",
        "2.4, 2.5",
        "11, 20",
        "26, 50",
        "999.5, 1000",
        "1000000000, 1000000000"
    })
    void endsAtARoundNumber(String most, String edge) {
        assertThat(chart(most).highest()).hasToString(edge);
    }
}
