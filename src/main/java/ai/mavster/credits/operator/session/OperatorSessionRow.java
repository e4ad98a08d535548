package ai.mavster.credits.operator.session;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code operator_session}. */
@Entity
@Table(name = "operator_session")
class OperatorSessionRow {

    @Id
    UUID sessionId = new UUID(0, 0);

    byte[] cookieDigest = new byte[0];

    @Nullable
    UUID keyId;

    byte[] keyDigest = new byte[0];
    Instant createdAt = Instant.EPOCH;
    Instant expiresAt = Instant.EPOCH;

    @Nullable
    Instant endedAt;
}
