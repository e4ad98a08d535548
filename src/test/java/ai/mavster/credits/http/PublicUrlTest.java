package ai.mavster.credits.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.http.PublicUrl.Origin;
import io.quarkus.runtime.StartupEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses the service starts with. */
class PublicUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://credits.example.com",
                "https://credits.example.com:8443/",
                "http://localhost:8080",
                "http://app.localhost",
                "http://127.0.0.1:8080",
                "http://[::1]:8080"
            })
    void starts(String url) {
        assertThatCode(() -> new PublicUrl(url, false).check(new StartupEvent()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://credits.example.com",
                "http://10.0.0.7:8080",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com"
            })
    void isRefusedWithoutEncryptionUnlessAllowed(String url) {
        assertThatThrownBy(() -> new PublicUrl(url, false).check(new StartupEvent()))
                .hasMessageContainingAll("CREDITS_PUBLIC_URL", url, "not encrypted", "CREDITS_ALLOW_HTTP=true");
        assertThatCode(() -> new PublicUrl(url, true).check(new StartupEvent())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"credits.example.com", "ftp://credits.example.com", "https://", "https://a b", "javascript:x"})
    void isRefusedAsNoAddress(String url) {
        assertThatThrownBy(() -> new PublicUrl(url, true).check(new StartupEvent()))
                .hasMessageContaining("CREDITS_PUBLIC_URL must be an address");
    }

    @Test
    void hasNoPath() {
        assertThatThrownBy(() -> new PublicUrl("https://example.com/credits", false).check(new StartupEvent()))
                .hasMessageContaining("without a path");
    }

    @ParameterizedTest
    @CsvSource({
        "https://App.Example.com:443/settings?x=1, https://app.example.com",
        "http://localhost:80/, http://localhost",
        "https://app.example.com:8443, https://app.example.com:8443",
        "https://user@app.example.com/,",
        "//app.example.com/,",
        "https:///app.example.com,"
    })
    void anOriginIsComparedAsBrowsersDo(String address, String origin) {
        assertThat(Origin.parse(address)).isEqualTo(Optional.ofNullable(origin).map(Origin::new));
    }
}
