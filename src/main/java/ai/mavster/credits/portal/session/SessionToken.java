package ai.mavster.credits.portal.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
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

    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_-]{2,700})\\.([0-9a-f-]{36})\\.([A-Za-z0-9_-]{43})");

    static SessionToken generate(String accountId, UUID sessionId) {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SessionToken(
                accountId, sessionId, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
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
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SessionToken[" + accountId + ", " + sessionId + "]";
    }
}
