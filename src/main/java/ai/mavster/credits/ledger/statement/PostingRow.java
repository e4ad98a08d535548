package ai.mavster.credits.ledger.statement;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code posting}, for reading. Amounts in millionths. */
@Entity
@Immutable
@Table(name = "posting")
@IdClass(PostingRow.Key.class)
class PostingRow {

    record Key(String accountId, UUID postingId) {}

    @Id
    String accountId = "";

    @Id
    UUID postingId = new UUID(0, 0);

    String kind = "";

    @Nullable
    String idempotencyKey;

    @Nullable
    String action;

    @Nullable
    BigDecimal quantity;

    @Nullable
    String workspaceId;

    @Nullable
    String projectId;

    @Nullable
    String testId;

    @Nullable
    String runId;

    @Nullable
    UUID reverses;

    long requested;
    long credits;
    long captured;
    long balance;
    long held;
    long owed;
    long firstSeq;
    int entries;

    String authorType = "";
    String authorId = "";
    String authorName = "";

    byte @Nullable [] textDigest;

    int hashVersion;

    Instant occurredAt = Instant.EPOCH;

    /** Only of a posting that moved nothing. */
    byte @Nullable [] hash;
}
