package ai.mavster.credits.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where events may be delivered, as far as a URL tells. */
class TargetUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://hooks.example.com              | true hooks.example.com 443 / hooks.example.com
            HTTPS://Hooks.Example.com/a/b?c=d&e    | true hooks.example.com 443 /a/b?c=d&e hooks.example.com
            https://hooks.example.com:8443?a       | true hooks.example.com 8443 /?a hooks.example.com:8443
            https://1.1.1.1/                       | true 1.1.1.1 443 / 1.1.1.1
            https://[2606:4700::1111]:444/%2F      | true 2606:4700::1111 444 /%2F [2606:4700::1111]:444
            """)
    void whatIsPublicWillDo(String text, String expected) {
        assertThat(words(TargetUrl.checked(text, false))).isEqualTo(expected);
    }

    private static String words(TargetUrl url) {
        return "%s %s %d %s %s".formatted(url.encrypted(), url.host(), url.port(), url.path(), url.authority());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com/",
                "https://localhost/",
                "https://LOCALHOST:8080/",
                "https://a.localhost/",
                "https://127.0.0.1/",
                "https://2130706433/",
                "https://10.1.2.3/",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[fd00:ec2::254]/",
                "https://[64:ff9b::7f00:1]/"
            })
    void whatIsPrivateWillDoWhereThatIsAllowed(String text) {
        assertThatThrownBy(() -> TargetUrl.checked(text, false)).isInstanceOf(InvalidInput.class);
        assertThat(TargetUrl.checked(text, true).host()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks.example.com",
                "/hook",
                "https:///hook",
                "https://",
                "ftp://hooks.example.com/",
                "file:///etc/passwd",
                "https://user:secret@hooks.example.com/",
                "https://hooks.example.com/#part",
                "https://hooks.example.com:0/",
                "https://hooks.example.com:65536/",
                "https://hooks.example.com:x/",
                "https://hooks.example.com/a b",
                "https://hooks.example.com/\r\nX: y",
                "https://hööks.example.com/",
                "https://[::1/",
                "https://127.1/",
                "https://999.999.999.999/"
            })
    void otherwiseThereIsNoSuchPlace(String text) {
        assertThatThrownBy(() -> TargetUrl.checked(text, false)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void itIsNoLongerThanItMayBe() {
        String longest = "https://hooks.example.com/" + "a".repeat(2_000 - 26);
        assertThat(TargetUrl.checked(longest, false).path()).hasSize(2_000 - 25);
        assertThatThrownBy(() -> TargetUrl.checked(longest + "a", false)).isInstanceOf(InvalidInput.class);
    }
}
