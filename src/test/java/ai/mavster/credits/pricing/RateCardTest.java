package ai.mavster.credits.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which version is in force, at the instants around its edges. */
class RateCardTest {

    private static final RateCard CARD = new RateCard(
            7,
            List.of(
                    version("chat", "2026-03-01T00:00:00Z", "30"),
                    version("chat", "2026-01-01T00:00:00Z", "10"),
                    version("chat", "2026-02-01T00:00:00Z", null),
                    version("tap", "1970-01-01T00:00:00Z", "0"),
                    version("soon", "2027-01-01T00:00:00Z", "5"),
                    version("gone", "2026-01-01T00:00:00Z", "5"),
                    version("gone", "2026-02-01T00:00:00Z", null)));

    static RateVersion version(String action, String from, String credits) {
        Price price = credits == null ? null : new Price(Credits.parse(credits), Credits.parse(credits));
        return new RateVersion(
                action,
                Instant.parse(from),
                "step",
                price,
                null,
                null,
                Instant.parse("2025-12-01T00:00:00Z"),
                Author.NOBODY,
                null);
    }

    @ParameterizedTest(name = "{0} at {1} costs {2}")
    @CsvSource(textBlock = """
            # before its first version
            chat,   2025-12-31T23:59:59.999999Z,
            # exactly at its start, and up to the microsecond before the next
            chat,   2026-01-01T00:00:00Z,        10
            chat,   2026-01-01T00:00:00.000001Z, 10
            chat,   2026-01-31T23:59:59.999999Z, 10
            chat,   2026-01-31T23:59:59.999999999Z, 10
            # withdrawn, and priced again
            chat,   2026-02-01T00:00:00Z,
            chat,   2026-02-28T23:59:59.999999Z,
            chat,   2026-03-01T00:00:00Z,        30
            chat,   9999-01-01T00:00:00Z,        30
            # free is not the same as not priced
            tap,    2026-01-01T00:00:00Z,        0
            tap,    1969-12-31T23:59:59.999999Z,
            soon,   2026-12-31T23:59:59.999999Z,
            soon,   2027-01-01T00:00:00Z,        5
            gone,   2030-01-01T00:00:00Z,
            nobody, 2026-01-01T00:00:00Z,
            # ids are compared as they are
            Chat,   2026-01-01T00:00:00Z,
            """)
    void theVersionInForceIsTheLastThatHasBegun(String action, Instant at, String credits) {
        assertThat(CARD.rate(action, at).map(rate -> rate.maximum().toString()).orElse(null))
                .isEqualTo(credits);
    }

    @Test
    void aRateSaysSinceWhenItIsInForce() {
        assertThat(CARD.rate("chat", Instant.parse("2026-01-15T00:00:00Z")))
                .contains(new Rate(
                        "chat", "step", Credits.of(10), Credits.of(10), Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void theCardOfAnInstantHasOnlyWhatIsPricedThen() {
        assertThat(CARD.inForce(Instant.parse("2026-01-15T00:00:00Z")))
                .extracting(RateVersion::action)
                .containsExactly("chat", "gone", "tap");
        assertThat(CARD.inForce(Instant.parse("2026-02-15T00:00:00Z")))
                .extracting(RateVersion::action)
                .containsExactly("tap");
        assertThat(CARD.inForce(Instant.parse("2027-02-15T00:00:00Z")))
                .extracting(RateVersion::action)
                .containsExactly("chat", "soon", "tap");
        assertThat(CARD.inForce(Instant.parse("1960-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void itsHistoryHasAllByActionTheNewestFirst() {
        assertThat(CARD.history())
                .extracting(version -> version.action() + " "
                        + version.effectiveFrom().toString().substring(0, 7))
                .containsExactly(
                        "chat 2026-03",
                        "chat 2026-02",
                        "chat 2026-01",
                        "gone 2026-02",
                        "gone 2026-01",
                        "soon 2027-01",
                        "tap 1970-01");
    }
}
