package ai.mavster.credits.access;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
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

    /** Thrown by {@link #revoke}: without this key nobody could administer the service. */
    static final class LastAdmin extends RuntimeException {}

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
        return withHash(hash).map(KnownKey::of);
    }

    /** Unless it is revoked. */
    Optional<ApiKey> withHash(byte[] hash) {
        return find("hash = ?1 and revokedAt is null", (Object) hash).firstResultOptional();
    }

    Optional<ApiKey> withId(UUID keyId) {
        return findByIdOptional(keyId);
    }

    /** The newest keys, or the ones before a key. */
    List<ApiKey> newest(@Nullable UUID before, int count) {
        return (before == null ? findAll(NEWEST_FIRST) : find("keyId < ?1", NEWEST_FIRST, before))
                .page(Page.ofSize(count))
                .list();
    }

    /**
     * Revokes a key, unless it already is, and returns it; null if there is none.
     *
     * @param dispensable whether the service can be administered without any key of this table
     * @throws LastAdmin if it is the last one that can
     */
    @Nullable
    ApiKey revoke(UUID keyId, Instant now, boolean dispensable) {
        ApiKey key = findById(keyId);
        if (key == null || key.revokedAt() != null) {
            return key;
        }
        if (!dispensable && key.isAdminAt(now) && isLast(key, now)) {
            throw new LastAdmin();
        }
        key.revoke(now);
        return key;
    }

    /**
     * All admins' keys are locked, in one order, before it is decided: otherwise two of them could be revoked at once,
     * each because there is the other. What another transaction has revoked meanwhile is not found any more.
     */
    private boolean isLast(ApiKey key, Instant now) {
        return usable(now).withLock(LockModeType.PESSIMISTIC_WRITE).stream()
                .noneMatch(other -> other.isAdminAt(now) && !other.keyId().equals(key.keyId()));
    }

    /** Whether somebody can still administer the service with a key of this table. */
    boolean hasAdmin(Instant now) {
        return usable(now).stream().anyMatch(key -> key.isAdminAt(now));
    }

    /** The keys that are valid for all accounts. */
    private PanacheQuery<ApiKey> usable(Instant now) {
        return find(
                "revokedAt is null and accountId is null and (expiresAt is null or expiresAt > ?1) order by keyId",
                now);
    }

    /** Notes when keys were last used; a later time that another process wrote stands. */
    void markUsed(Map<UUID, Instant> uses) {
        uses.forEach((keyId, at) ->
                update("lastUsedAt = ?1 where keyId = ?2 and (lastUsedAt is null or lastUsedAt < ?1)", at, keyId));
    }
}
