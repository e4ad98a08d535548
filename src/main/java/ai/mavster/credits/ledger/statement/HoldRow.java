package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.Purpose;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code hold}, for reading. Amounts in millionths. */
@Entity
@Immutable
@Table(name = "hold")
@IdClass(HoldRow.Key.class)
public class HoldRow {

    record Key(String accountId, UUID holdId) {}

    @Id
    String accountId = "";

    @Id
    UUID holdId = new UUID(0, 0);

    long amount;
    long captured;
    long released;
    long moved;
    long lastsSeconds;
    Instant since = Instant.EPOCH;
    Instant expiresAt = Instant.EPOCH;

    @Nullable
    String workspaceId;

    @Nullable
    String projectId;

    @Nullable
    String testId;

    @Nullable
    String runId;

    boolean open;

    public Hold hold() {
        return new Hold(
                accountId,
                holdId,
                new Credits(amount),
                new Credits(captured),
                new Credits(released),
                new Credits(moved),
                Duration.ofSeconds(lastsSeconds),
                since,
                expiresAt,
                new Purpose(null, null, workspaceId, projectId, testId, runId));
    }
}
