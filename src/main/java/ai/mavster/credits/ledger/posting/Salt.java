package ai.mavster.credits.ledger.posting;

import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account's own 16 random bytes, without which nobody can try out which text a digest is of. They go when the
 * account's texts are erased, and never come back.
 */
public final class Salt {

    private static final int LENGTH = 16;

    private final byte @Nullable [] bytes;

    private Salt(byte @Nullable [] bytes) {
        this.bytes = bytes;
    }

    /** As it was kept; null: erased. */
    public static Salt of(byte @Nullable [] bytes) {
        return new Salt(bytes);
    }

    /** For a new account. */
    public static Salt random() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new Salt(bytes);
    }

    /** Null: erased. */
    public byte @Nullable [] bytes() {
        return bytes;
    }

    public boolean isErased() {
        return bytes == null;
    }

    /**
     * The digest that a posting keeps of its texts; null: it has none.
     *
     * @throws IllegalStateException if the salt is erased: texts are not taken any more
     */
    public byte @Nullable [] digest(UUID postingId, Texts texts) {
        if (texts.isEmpty()) {
            return null;
        }
        if (bytes == null) {
            throw new IllegalStateException("The account's texts are erased, and it takes no new ones");
        }
        return form(bytes, postingId, texts);
    }

    /**
     * The digest of texts that are asked for, whatever is posted of them, for a fingerprint; null: there are none. Once
     * the salt is erased it is like no other.
     */
    public byte @Nullable [] digest(Texts texts) {
        if (texts.isEmpty()) {
            return null;
        }
        return bytes == null ? new byte[0] : form(bytes, null, texts);
    }

    private static byte[] form(byte[] key, @Nullable UUID postingId, Texts texts) {
        return CanonicalForm.keyed(key).add(postingId).add(texts).sha256();
    }
}
