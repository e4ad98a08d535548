package ai.mavster.credits.access;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.UuidV7;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The keys there are: made, listed and revoked, by whichever way administrators ask for it. */
@Singleton
public class ApiKeys {

    private final ApiKeyRepository repository;
    private final KnownKeys knownKeys;
    private final FirstAdminKey firstAdminKey;
    private final Clock clock;

    ApiKeys(ApiKeyRepository repository, KnownKeys knownKeys, FirstAdminKey firstAdminKey, Clock clock) {
        this.repository = repository;
        this.knownKeys = knownKeys;
        this.firstAdminKey = firstAdminKey;
        this.clock = clock;
    }

    /** A key that was just made, and its text, which is kept nowhere. */
    record Created(ApiKey key, String text) {}

    /**
     * @throws RefusalException if there is no such account
     */
    Created create(String name, List<Scope> scopes, @Nullable String accountId, @Nullable Instant expiresAt) {
        if (accountId != null && scopes.contains(Scope.RENEWALS)) {
            throw new InvalidInput("scopes", "must not contain renewals for a key bound to an account");
        }
        Instant now = now();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new InvalidInput("expires_at", "must be in the future");
        }
        String text = KeyText.generate();
        List<Scope> inOrder = scopes.stream().distinct().sorted().toList();
        ApiKey key = new ApiKey(UuidV7.next(now), name, text, inOrder, accountId, expiresAt, now);
        try {
            repository.add(key);
        } catch (ApiKeyRepository.UnknownAccount unknown) {
            throw new RefusalException(Refusal.noSuchAccount(String.valueOf(accountId)));
        }
        return new Created(key, text);
    }

    List<ApiKey> newest(@Nullable UUID before, int count) {
        return repository.newest(before, count);
    }

    /**
     * Revokes a key; harmless to repeat.
     *
     * @throws RefusalException if there is none of this id, or nobody could administer the service without it
     */
    public void revoke(String id) {
        ApiKey key = KeyId.parse(id)
                .flatMap(keyId -> Optional.ofNullable(revoked(keyId)))
                .orElseThrow(() ->
                        new RefusalException(Refusal.of(Refusal.Code.NOT_FOUND, "There is no API key " + id + ".")));
        knownKeys.forget(key.hash());
    }

    private @Nullable ApiKey revoked(UUID keyId) {
        try {
            return repository.revoke(keyId, now(), firstAdminKey.isConfigured());
        } catch (ApiKeyRepository.LastAdmin last) {
            throw new RefusalException(
                    Refusal.of(
                            Refusal.Code.LAST_ADMIN_KEY,
                            "Without this key nobody could administer the service. Make another one with the scope admin, for no account, and"
                                    + " revoke this one with it; or start the service with CREDITS_ADMIN_KEY set, and revoke this one then."));
        }
    }

    /** A key as people see it. */
    public record Listed(
            String id,
            String name,
            List<String> scopes,
            @Nullable String accountId,
            String lastFour,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {

        static Listed of(ApiKey key) {
            return new Listed(
                    KeyId.format(key.keyId()),
                    key.name(),
                    key.scopes().stream().map(Scope::role).toList(),
                    key.accountId(),
                    key.lastFour(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt(),
                    key.revokedAt());
        }
    }

    /**
     * The newest keys, also those that are not valid any more.
     *
     * @param before the last one of the page before; null: from the newest
     */
    public List<Listed> list(@Nullable String before, int count) {
        UUID last = before == null ? null : KeyId.parse(before).orElse(null);
        return repository.newest(last, count).stream().map(Listed::of).toList();
    }

    /**
     * Makes a key.
     *
     * @param scopes as in {@link ai.mavster.credits.http.Scopes}
     */
    public Made make(String name, List<String> scopes, @Nullable String accountId, @Nullable Instant expiresAt) {
        Created created = create(name, scopes.stream().map(Scope::of).toList(), accountId, expiresAt);
        return new Made(KeyId.format(created.key.keyId()), created.text);
    }

    /**
     * A key that was just made.
     *
     * @param text which is shown this once
     */
    public record Made(String id, String text) {}

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
