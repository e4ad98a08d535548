package ai.mavster.credits.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a rate that is put, by when it is to start and what is there. */
class RateChangeTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private static final RateCard CARD = new RateCard(
            3,
            List.of(
                    RateCardTest.version("a", "2026-01-01T00:00:00Z", "1"),
                    RateCardTest.version("a", "2026-02-01T00:00:00Z", "2"),
                    RateCardTest.version("a", "2026-12-01T00:00:00Z", "3"),
                    RateCardTest.version("at-now", "2026-06-01T00:00:00Z", "1"),
                    RateCardTest.version("gone", "2026-01-01T00:00:00Z", null)));

    private static RateChange.Wanted wanted(String action, String credits, Instant from) {
        return wanted(action, "step", credits, from, null);
    }

    private static RateChange.Wanted wanted(String action, String unit, String credits, Instant from, String note) {
        Price price = credits == null ? null : new Price(Credits.parse(credits), Credits.parse(credits));
        return new RateChange.Wanted(action, unit, price, from, note);
    }

    private static final Author ME = new Author(Author.Type.API_KEY, "key_1", "Me");

    private static RateChange change() {
        return new RateChange(CARD, NOW, ME, "Prices of 2027");
    }

    /** "added", "present since …", or why not. */
    private static String fate(RateChange.Wanted wanted) {
        RateChange change = change();
        Refusal refusal;
        try {
            refusal = change.want("rates[0]", wanted);
        } catch (InvalidInput e) {
            return e.field();
        }
        if (refusal != null) {
            return refusal.code().name();
        }
        RateVersion version = change.versions().get(0);
        return (change.added().isEmpty() ? "present " : "added ") + version.effectiveFrom();
    }

    @ParameterizedTest(name = "{0} at {1} from {2}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            # action, credits, effective_from, what becomes of it
            new,    1, -,                           added 2026-06-01T00:00:00Z
            new,    1, 2026-06-01T00:00:00Z,        added 2026-06-01T00:00:00Z
            new,    1, 2026-06-01T00:00:00.000001Z, added 2026-06-01T00:00:00.000001Z
            new,    1, 2026-05-31T23:59:59.999999Z, rates[0].effective_from
            new,    1, 9999-12-31T23:59:59Z,        added 9999-12-31T23:59:59Z
            new,    -, -,                           added 2026-06-01T00:00:00Z
            # without an instant: what is in force already is no change, anything else starts now
            a,      2, -,                           present 2026-02-01T00:00:00Z
            a,      1, -,                           added 2026-06-01T00:00:00Z
            a,      3, -,                           added 2026-06-01T00:00:00Z
            a,      -, -,                           added 2026-06-01T00:00:00Z
            gone,   -, -,                           present 2026-01-01T00:00:00Z
            gone,   1, -,                           added 2026-06-01T00:00:00Z
            at-now, 1, -,                           present 2026-06-01T00:00:00Z
            at-now, 2, -,                           RATE_EXISTS
            # the same version again is no change, past or future; another price for it is refused
            a,      1, 2026-01-01T00:00:00Z,        present 2026-01-01T00:00:00Z
            a,      3, 2026-12-01T00:00:00Z,        present 2026-12-01T00:00:00Z
            a,      2, 2026-01-01T00:00:00Z,        RATE_EXISTS
            a,      2, 2026-12-01T00:00:00Z,        RATE_EXISTS
            a,      -, 2026-12-01T00:00:00Z,        RATE_EXISTS
            gone,   1, 2026-01-01T00:00:00Z,        RATE_EXISTS
            # what was in force then is not a version of that instant
            a,      1, 2026-01-15T00:00:00Z,        rates[0].effective_from
            # between two that are to come, and before one
            a,      2, 2026-07-01T00:00:00Z,        added 2026-07-01T00:00:00Z
            a,      3, 2026-12-02T00:00:00Z,        added 2026-12-02T00:00:00Z
            """)
    void byItsStartAndByWhatIsThere(String action, String credits, Instant from, String fate) {
        assertThat(fate(wanted(action, credits, from))).isEqualTo(fate);
    }

    @Test
    void anotherUnitOrNoteIsAnotherVersion() {
        Instant future = Instant.parse("2026-12-01T00:00:00Z");

        assertThat(fate(wanted("a", "step", "3", future, null))).startsWith("present");
        assertThat(fate(wanted("a", "round", "3", future, null))).isEqualTo("RATE_EXISTS");
        assertThat(fate(wanted("a", "step", "3", future, "note"))).isEqualTo("RATE_EXISTS");
        assertThat(fate(wanted("a", "round", "2", null, null))).startsWith("added");
        assertThat(fate(wanted("a", "step", "2", null, "note"))).startsWith("added");
    }

    @Test
    void whatIsNewSaysWhoPutItAndWhen() {
        RateChange change = change();
        change.want("rates[0]", wanted("new", "step", "1.5", Instant.parse("2027-01-01T00:00:00Z"), "why"));

        assertThat(change.added())
                .isEqualTo(change.versions())
                .containsExactly(new RateVersion(
                        "new",
                        Instant.parse("2027-01-01T00:00:00Z"),
                        "step",
                        new Price(Credits.parse("1.5"), Credits.parse("1.5")),
                        null,
                        "why",
                        NOW,
                        ME,
                        "Prices of 2027"));
    }

    @Test
    void theWayOutOfARefusalIsALaterStart() {
        Refusal refusal = change().want("rates[0]", wanted("a", "2", Instant.parse("2026-12-01T00:00:00Z")));

        assertThat(refusal.detail())
                .isEqualTo(
                        "a has a rate from 2026-12-01T00:00:00Z on already, 3 credits for each step, and no version is"
                                + " ever changed. Choose a later effective_from.");
        assertThat(refusal.members())
                .containsEntry("rate_action", "a")
                .containsEntry("effective_from", Instant.parse("2026-12-01T00:00:00Z"))
                .containsEntry("credits", new Price(Credits.of(3), Credits.of(3)));
    }

    @Test
    void noVersionIsWantedTwice() {
        RateChange change = change();
        change.want("rates[0]", wanted("new", "1", null));
        change.want("rates[1]", wanted("other", "1", null));
        change.want("rates[2]", wanted("new", "2", NOW.plusSeconds(1)));

        assertThatThrownBy(() -> change.want("rates[3]", wanted("new", "1", NOW)))
                .hasMessageContaining("rates[3] must be another version than those before it");
        assertThat(change.added()).hasSize(3);
    }
}
