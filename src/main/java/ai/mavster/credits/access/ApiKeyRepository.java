package ai.mavster.credits.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** The keys in the database. Each call is a transaction of its own. */
@ApplicationScoped
@Transactional
class ApiKeyRepository implements PanacheRepositoryBase<ApiKey, UUID> {

    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final Sort NEWEST_FIRST = Sort.by("keyId").descending();

    /** Thrown by {@link #add}: the account to bind to does not exist. */
    static final class UnknownAccount extends RuntimeException {}

    void add(ApiKey key) {
        try {
            persistAndFlush(key);
        } catch (ConstraintViolationException violation) {
            if (FOREIGN_KEY_VIOLATION.equals(violation.getSQLState())) {
                throw new UnknownAccount();
            }
            throw violation;
        }
    }

    Optional<KnownKey> lookUp(byte[] hash) {
        return find("hash = ?1 and revokedAt is null", (Object) hash)
                .firstResultOptional()
                .map(KnownKey::of);
    }

    /** The newest keys, or the ones before a key. */
    List<ApiKey> newest(@Nullable UUID before, int count) {
        return (before == null ? findAll(NEWEST_FIRST) : find("keyId < ?1", NEWEST_FIRST, before))
                .page(Page.ofSize(count))
                .list();
    }

    /** Revokes a key, unless it already is, and returns it; null if there is none. */
    @Nullable
    ApiKey revoke(UUID keyId, Instant now) {
        ApiKey key = findById(keyId);
        if (key != null) {
            key.revoke(now);
        }
        return key;
    }

    /** Whether somebody can still administer the service with a key of this table. */
    boolean hasAdmin(Instant now) {
        return find("revokedAt is null and accountId is null and (expiresAt is null or expiresAt > ?1)", now).stream()
                .anyMatch(key -> key.scopes().contains(Scope.ADMIN));
    }

    /** Notes when keys were last used; a later time that another process wrote stands. */
    void markUsed(Map<UUID, Instant> uses) {
        uses.forEach((keyId, at) ->
                update("lastUsedAt = ?1 where keyId = ?2 and (lastUsedAt is null or lastUsedAt < ?1)", at, keyId));
    }
}
