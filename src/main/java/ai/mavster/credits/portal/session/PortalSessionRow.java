package ai.mavster.credits.portal.session;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code portal_session}. */
@Entity
@Table(name = "portal_session")
@IdClass(PortalSessionRow.Key.class)
class PortalSessionRow {

    record Key(String accountId, UUID sessionId) {}

    @Id
    String accountId = "";

    @Id
    UUID sessionId = new UUID(0, 0);

    byte[] linkDigest = new byte[0];
    Instant linkExpiresAt = Instant.EPOCH;
    String page = "";

    @Nullable
    String returnUrl;

    Instant createdAt = Instant.EPOCH;
    String authorId = "";
    String authorName = "";
    boolean readOnly;

    byte @Nullable [] cookieDigest;

    @Nullable
    Instant openedAt;

    @Nullable
    Instant expiresAt;

    @Nullable
    Instant endedAt;
}
