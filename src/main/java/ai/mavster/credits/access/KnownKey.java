package ai.mavster.credits.access;

import ai.mavster.credits.Author;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What authentication needs to know of a key that is not revoked.
 *
 * @param author of what is done with it
 * @param roles what it may do
 * @param accountId the only account it may see; null: every one
 * @param expiresAt from when on it is no longer valid; null: never
 */
record KnownKey(
        UUID keyId,
        Author author,
        Set<String> roles,
        @Nullable String accountId,
        @Nullable Instant expiresAt) {

    static KnownKey of(ApiKey key) {
        Author author = new Author(Author.Type.API_KEY, KeyId.format(key.keyId()), key.name());
        return new KnownKey(key.keyId(), author, Scope.roles(key.scopes()), key.accountId(), key.expiresAt());
    }

    boolean isValidAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }
}
