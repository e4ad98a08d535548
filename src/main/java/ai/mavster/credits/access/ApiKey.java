package ai.mavster.credits.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A key as it is kept: everything but its text. */
@Entity
@Table(name = "api_key")
class ApiKey {

    @Id
    private UUID keyId;

    @Column(updatable = false)
    private String name;

    @Column(updatable = false)
    private byte[] hash;

    @Column(updatable = false)
    private String lastFour;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(updatable = false)
    private String[] scopes;

    @Column(updatable = false)
    private @Nullable String accountId;

    @Column(updatable = false)
    private @Nullable Instant expiresAt;

    @Column(updatable = false)
    private Instant createdAt;

    private @Nullable Instant lastUsedAt;
    private @Nullable Instant revokedAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected ApiKey() {}

    ApiKey(
            UUID keyId,
            String name,
            String text,
            List<Scope> scopes,
            @Nullable String accountId,
            @Nullable Instant expiresAt,
            Instant createdAt) {
        this.keyId = keyId;
        this.name = name;
        this.hash = KeyText.hash(text);
        this.lastFour = KeyText.lastFour(text);
        this.scopes = scopes.stream().map(Scope::role).toArray(String[]::new);
        this.accountId = accountId;
        this.expiresAt = expiresAt;
        this.createdAt = createdAt;
    }

    UUID keyId() {
        return keyId;
    }

    String name() {
        return name;
    }

    byte[] hash() {
        return hash.clone();
    }

    String lastFour() {
        return lastFour;
    }

    List<Scope> scopes() {
        return Arrays.stream(scopes).map(Scope::of).toList();
    }

    @Nullable
    String accountId() {
        return accountId;
    }

    @Nullable
    Instant expiresAt() {
        return expiresAt;
    }

    Instant createdAt() {
        return createdAt;
    }

    @Nullable
    Instant lastUsedAt() {
        return lastUsedAt;
    }

    @Nullable
    Instant revokedAt() {
        return revokedAt;
    }

    /** Whether the whole service can be administered with it then. */
    boolean isAdminAt(Instant now) {
        return scopes().contains(Scope.ADMIN)
                && accountId == null
                && revokedAt == null
                && (expiresAt == null || now.isBefore(expiresAt));
    }

    void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }
}
