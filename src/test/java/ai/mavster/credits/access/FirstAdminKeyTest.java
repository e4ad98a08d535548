package ai.mavster.credits.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstAdminKeyTest {

    @Test
    void withoutAnyAdminKeyTheServiceDoesNotStart() {
        assertThatThrownBy(() -> FirstAdminKey.check(Optional.empty(), () -> false))
                .hasMessageContaining("CREDITS_ADMIN_KEY");
    }

    @Test
    void oneThatNobodyNeedsMayBeAbsent() {
        assertThatCode(() -> FirstAdminKey.check(Optional.empty(), () -> true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"fifteen-letters", "with a space in it", "sixteen-and-a-ü-in-it", "line-break-at-its-end\n"})
    void anEasyOneIsRefusedEvenWhereNoneIsNeeded(String key) {
        assertThatThrownBy(() -> FirstAdminKey.check(Optional.of(key), () -> true))
                .hasMessageContaining("at least 16")
                .hasMessageNotContaining(key);
    }

    /** It would be good although it is revoked, and stand for somebody with a name. */
    @Test
    void oneThatTheServiceHasMadeIsRefused() {
        String made = KeyText.generate();

        assertThatThrownBy(() -> FirstAdminKey.check(Optional.of(made), () -> true))
                .hasMessageContaining("CREDITS_ADMIN_KEY must not be a key that this service has made")
                .hasMessageNotContaining(made);
    }

    @Test
    void sixteenCharactersDo() {
        assertThatCode(() -> FirstAdminKey.check(Optional.of("sixteen-letters!"), () -> false))
                .doesNotThrowAnyException();
    }
}
