package ai.mavster.credits.portal.session;

import ai.mavster.credits.http.page.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a link or a cookie carries: whose session, which one, and 256 random bits.
 *
 * @param secret in base64url
 */
record SessionToken(String accountId, UUID sessionId, String secret) {

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_-]{2,700})\\.([0-9a-f-]{36})\\.(" + Secret.FORM + ")");

    static SessionToken generate(String accountId, UUID sessionId) {
        return new SessionToken(accountId, sessionId, Secret.generate().text());
    }

    /** Empty if it has not the form of one. */
    static Optional<SessionToken> parse(@Nullable String text) {
        Matcher matcher = FORM.matcher(text == null ? "" : text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            String accountId = new String(Base64.getUrlDecoder().decode(matcher.group(1)), StandardCharsets.UTF_8);
            return Optional.of(new SessionToken(accountId, UUID.fromString(matcher.group(2)), matcher.group(3)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(accountId.getBytes(StandardCharsets.UTF_8)) + "."
                + sessionId + "." + secret;
    }

    byte[] digest() {
        return new Secret(secret).digest();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SessionToken[" + accountId + ", " + sessionId + "]";
    }
}
