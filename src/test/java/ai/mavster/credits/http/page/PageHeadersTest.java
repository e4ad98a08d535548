package ai.mavster.credits.http.page;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.http.PublicUrl;
import io.quarkus.runtime.StartupEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With which frames the service starts. */
class PageHeadersTest {

    /** Browsers send cookies into another site's frame over encrypted connections alone. */
    @Test
    void framesNeedEncryption() {
        Optional<List<String>> ancestors = Optional.of(List.of("https://app.example.com"));
        PublicUrl open = new PublicUrl("http://credits.example.com", true);

        assertThatThrownBy(() -> new PageHeaders(open, ancestors, List.of()).check(new StartupEvent()))
                .hasMessageContaining("CREDITS_FRAME_ANCESTORS needs an https address");
        assertThatThrownBy(() -> new PageHeaders(open, Optional.of(List.of("*")), List.of()).check(new StartupEvent()))
                .hasMessageContaining("CREDITS_FRAME_ANCESTORS must be an address");
        assertThatCode(() -> new PageHeaders(new PublicUrl("https://a.example", false), ancestors, List.of())
                        .check(new StartupEvent()))
                .doesNotThrowAnyException();
    }
}
