package ai.mavster.credits.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final Instant TIME = Instant.parse("2026-11-21T18:39:00.123456Z");

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -7, Long.MAX_VALUE, Long.MIN_VALUE})
    void aNumberComesBack(long key) {
        assertThat(Cursor.toNumber(Cursor.of(key))).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "run/1", "ü😀"})
    void aTextComesBack(String key) {
        assertThat(Cursor.toText(Cursor.of(key))).isEqualTo(key);
    }

    @Test
    void aTimeAndAPlaceComeBack() {
        assertThat(Cursor.toInstant(Cursor.of(TIME))).isEqualTo(TIME);
        assertThat(Cursor.toPlace(Cursor.of(TIME, List.of("a/b", "", "@c")), 3))
                .isEqualTo(new Cursor.Place(TIME, List.of("a/b", "", "@c")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"n", "n1x", "n+1", "n 1", "n\u0661", "n9223372036854775808", "n99999999999999999999", "t1", "1"})
    void noNumberIsRefused(String content) {
        refused(() -> Cursor.toNumber(crafted(content)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t",
                "tnow",
                "t+1000000000-12-31T23:59:59Z",
                "t+999999999-12-31T23:59:59-18:00",
                "t-999999999-01-01T00:00:00+18:00",
                "t10000-01-01T00:00:00Z",
                "n2026-11-21T18:39:00Z"
            })
    void noTimeIsRefused(String content) {
        refused(() -> Cursor.toInstant(crafted(content)));
        refused(() -> Cursor.toPlace(crafted(content + "|a"), 1));
    }

    @Test
    void aPlaceOfAnotherListIsRefused() {
        refused(() -> Cursor.toPlace(Cursor.of(TIME), 1));
        refused(() -> Cursor.toPlace(Cursor.of(TIME, List.of("a")), 2));
        refused(() -> Cursor.toPlace(Cursor.of(TIME, List.of("a", "b")), 1));
        refused(() -> Cursor.toInstant(Cursor.of(TIME, List.of("a"))));
        refused(() -> Cursor.toNumber(Cursor.of("1")));
        refused(() -> Cursor.toText(Cursor.of(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!!", "dGE=", "dP8", "dAA", "dGF", "ü"})
    void whatWasNotHandedOutIsRefused(String cursor) {
        refused(() -> Cursor.toText(cursor));
    }

    @Test
    void aCursorOfAnyLengthIsRefusedBeforeItIsRead() {
        refused(() -> Cursor.toText(Cursor.of("a".repeat(1_500))));
    }

    private static void refused(Runnable reading) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().errors())
                                .containsExactly(new Problem.InvalidField("cursor", "is not a cursor of this list")));
    }

    private static String crafted(String content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(UTF_8));
    }
}
