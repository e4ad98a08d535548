package ai.mavster.credits.access;

import java.util.Optional;
import java.util.UUID;

/** The id of a key as callers see it: {@code key_} and a UUID. */
final class KeyId {

    private static final String PREFIX = "key_";

    private KeyId() {}

    static String format(UUID keyId) {
        return PREFIX + keyId;
    }

    /** The UUID in an id; empty if it is not one in exactly the form of {@link #format}. */
    static Optional<UUID> parse(String text) {
        try {
            UUID keyId = UUID.fromString(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "");
            return format(keyId).equals(text) ? Optional.of(keyId) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
