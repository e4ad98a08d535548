package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnumIdTest {

    private enum Colour {
        RED,
        DARK_BLUE,
        IVORY
    }

    @ParameterizedTest
    @EnumSource
    void anIdLeadsBackToItsValue(Colour colour) {
        assertThat(EnumId.parse(Colour.class, EnumId.of(colour))).isEqualTo(colour);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RED", "Red", "dark-blue", "darkblue", "green"})
    void anythingElseIsNoId(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnumId.parse(Colour.class, id))
                .withMessage("must be one of red, dark_blue, ivory");
    }

    /** In Turkish a lower-case I has no dot. */
    @Test
    void idsAreTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(EnumId.of(Colour.IVORY)).isEqualTo("ivory");
        } finally {
            Locale.setDefault(before);
        }
    }
}
