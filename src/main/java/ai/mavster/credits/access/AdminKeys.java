package ai.mavster.credits.access;

import ai.mavster.credits.Author;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of those who administer the whole service: with the scope {@code admin}, and bound to no account. For pages,
 * which know no {@code Authorization}.
 */
@Singleton
public class AdminKeys {

    private final FirstAdminKey firstAdminKey;
    private final ApiKeyRepository repository;
    private final LastUses lastUses;
    private final Clock clock;

    AdminKeys(FirstAdminKey firstAdminKey, ApiKeyRepository repository, LastUses lastUses, Clock clock) {
        this.firstAdminKey = firstAdminKey;
        this.repository = repository;
        this.lastUses = lastUses;
        this.clock = clock;
    }

    /**
     * One of them, while it is valid.
     *
     * @param keyId null: the one of the configuration
     * @param hash of its text
     */
    public record AdminKey(@Nullable UUID keyId, Author author, byte[] hash) {

        public AdminKey {
            hash = hash.clone();
        }

        @Override
        public byte[] hash() {
            return hash.clone();
        }
    }

    /** By its text; empty: it is no such key, or not any more. */
    public Optional<AdminKey> find(String text) {
        byte[] hash = KeyText.hash(text);
        if (firstAdminKey.hasHash(hash)) {
            return configured();
        }
        return KeyText.isWellFormed(text) ? repository.withHash(hash).flatMap(this::valid) : Optional.empty();
    }

    /**
     * By its id; empty: it is no such key, or not any more.
     *
     * @param keyId null: the one of the configuration
     */
    public Optional<AdminKey> current(@Nullable UUID keyId) {
        return keyId == null ? configured() : repository.withId(keyId).flatMap(this::valid);
    }

    private Optional<AdminKey> configured() {
        return firstAdminKey.hash().map(hash -> new AdminKey(null, KeyAuthentication.FIRST_ADMIN, hash));
    }

    private Optional<AdminKey> valid(ApiKey key) {
        if (!key.isAdminAt(clock.instant())) {
            return Optional.empty();
        }
        lastUses.note(key.keyId(), clock.instant());
        return Optional.of(new AdminKey(key.keyId(), KnownKey.of(key).author(), key.hash()));
    }
}
