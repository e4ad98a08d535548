package ai.mavster.credits.portal.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.http.PublicUrl;
import ai.mavster.credits.http.page.PageHeaders;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What browsers are told to do with the cookie, by how the page is reached and whether others may frame it. */
class SessionCookieTest {

    @ParameterizedTest
    @CsvSource({
        "https://credits.example.com, , __Host-credits_portal=x; Path=/; Secure; HTTPOnly; SameSite=Lax",
        "http://localhost:8080, , credits_portal=x; Path=/; HTTPOnly; SameSite=Lax",
        "http://10.0.0.7, , credits_portal=x; Path=/; HTTPOnly; SameSite=Lax",
        "https://credits.example.com, https://app.example.com,"
                + " __Host-credits_portal=x; Path=/; Secure; HTTPOnly; SameSite=None",
        "http://localhost:8080, https://app.example.com, credits_portal=x; Path=/; Secure; HTTPOnly; SameSite=None"
    })
    void isAsSafeAsTheAddressAllows(String url, String ancestor, String expected) {
        PublicUrl publicUrl = new PublicUrl(url, true);
        SessionCookie cookie = new SessionCookie(
                publicUrl,
                new PageHeaders(publicUrl, Optional.ofNullable(ancestor).map(List::of), List.of()));

        assertThat(cookie.of("x").encode()).isEqualTo(expected);
    }
}
