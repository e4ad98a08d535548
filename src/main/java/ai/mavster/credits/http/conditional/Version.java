package ai.mavster.credits.http.conditional;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.EntityTag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells one state of something from every other.
 *
 * @param text 32 hexadecimal digits
 */
public record Version(String text) {

    private static final int BYTES = 16;

    /** A digest of a record and all that is in it: it must not hold the time at which it was read. */
    public static Version of(Record timeless) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(timeless.toString().getBytes(UTF_8));
            return new Version(HexFormat.of().formatHex(digest, 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** As the header {@code ETag} has it. */
    public EntityTag tag() {
        return new EntityTag(text);
    }
}
