package ai.mavster.credits.event.webhook;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.event.EventType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An endpoint as it is kept. How deliveries to it go is written by them, in statements of their own. */
@Entity
@DynamicUpdate
@Table(name = "webhook_endpoint")
class WebhookEndpoint {

    /** Why an endpoint gets nothing. */
    enum Disabled {
        /** Somebody wanted it so. */
        REQUEST,
        /** It has said that it is gone for good. */
        GONE,
        /** Nothing was taken for too long. */
        FAILING
    }

    @Id
    UUID endpointId;

    String url;

    @Nullable
    String name;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] types;

    @Column(updatable = false)
    @Nullable
    String accountId;

    boolean enabled = true;
    private byte[] secret;
    private byte @Nullable [] previousSecret;

    @Nullable
    Instant previousSecretUntil;

    @Column(updatable = false)
    Instant createdAt;

    Instant updatedAt;

    @Nullable
    Instant disabledAt;

    @Nullable
    String disabledReason;

    long failures;

    @Nullable
    Instant failingSince;

    @Column(insertable = false, updatable = false)
    @Nullable
    Instant lastSuccessAt;

    @Column(insertable = false, updatable = false)
    @Nullable
    Instant lastFailureAt;

    @Column(insertable = false, updatable = false)
    @Nullable
    String lastFailure;

    @Nullable
    Instant deletedAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected WebhookEndpoint() {}

    WebhookEndpoint(
            UUID endpointId,
            String url,
            @Nullable String name,
            List<EventType> types,
            @Nullable String accountId,
            WebhookSecret secret,
            Instant now) {
        this.endpointId = endpointId;
        this.url = url;
        this.name = name;
        this.types = ids(types);
        this.accountId = accountId;
        this.secret = secret.bytes();
        this.createdAt = now;
        this.updatedAt = now;
    }

    private static String[] ids(List<EventType> types) {
        return types.stream().map(EventType::id).distinct().sorted().toArray(String[]::new);
    }

    List<EventType> types() {
        return Arrays.stream(types)
                .map(type -> EnumId.parse(EventType.class, type))
                .toList();
    }

    void want(List<EventType> wanted) {
        String[] ids = ids(wanted);
        if (!Arrays.equals(ids, types)) {
            types = ids;
        }
    }

    /** It begins anew. */
    void enable() {
        if (!enabled) {
            enabled = true;
            disabledAt = null;
            disabledReason = null;
            failures = 0;
            failingSince = null;
        }
    }

    void disable(Instant now) {
        if (enabled) {
            enabled = false;
            disabledAt = now;
            disabledReason = EnumId.of(Disabled.REQUEST);
        }
    }

    /** What it listened at, and its secrets, are gone at once. */
    void delete(Instant now) {
        disable(now);
        deletedAt = now;
        url = "";
        name = null;
        secret = WebhookSecret.generate().bytes();
        previousSecret = null;
        previousSecretUntil = null;
    }

    /** The secret so far is good until then. */
    void rotate(WebhookSecret next, Instant until, Instant now) {
        previousSecret = secret;
        previousSecretUntil = until;
        secret = next.bytes();
        updatedAt = now;
    }

    WebhookTarget target(Instant now) {
        WebhookSecret newest = new WebhookSecret(secret);
        return new WebhookTarget(
                url,
                previousSecret == null || previousSecretUntil(now) == null
                        ? List.of(newest)
                        : List.of(newest, new WebhookSecret(previousSecret)));
    }

    /** Until when the secret before this one is good, too; null: it is not. */
    @Nullable
    Instant previousSecretUntil(Instant now) {
        return previousSecretUntil == null || !now.isBefore(previousSecretUntil) ? null : previousSecretUntil;
    }
}
