package ai.mavster.credits.http.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a link or a cookie is good by: 256 random bits, of which only the digest is kept.
 *
 * @param text in base64url
 */
public record Secret(String text) {

    /** The form of {@link #text}, for patterns. */
    public static final String FORM = "[A-Za-z0-9_-]{43}";

    private static final int RANDOM_BYTES = 32;

    public static Secret generate() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "Secret";
    }
}
