package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnumIdTest {

    private enum Colour {
        RED,
        DARK_BLUE,
        @JsonProperty("off-white")
        IVORY
    }

    /** Ids are made once, so this one's are made in the test about languages. */
    private enum Material {
        IRON
    }

    @ParameterizedTest
    @EnumSource
    void anIdLeadsBackToItsValue(Colour colour) {
        assertThat(EnumId.parse(Colour.class, EnumId.of(colour))).isEqualTo(colour);
    }

    @Test
    void anIdMayBeItsOwn() {
        assertThat(EnumId.of(Colour.IVORY)).isEqualTo("off-white");
        assertThat(EnumId.of(Colour.DARK_BLUE)).isEqualTo("dark_blue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RED", "Red", "dark-blue", "darkblue", "ivory", "off_white", "green"})
    void anythingElseIsNoId(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnumId.parse(Colour.class, id))
                .withMessage("must be one of red, dark_blue, off-white");
    }

    /** In Turkish a lower-case I has no dot. */
    @Test
    void idsAreTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(EnumId.of(Material.IRON)).isEqualTo("iron");
        } finally {
            Locale.setDefault(before);
        }
    }
}
