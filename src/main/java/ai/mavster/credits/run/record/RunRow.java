package ai.mavster.credits.run.record;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Refusal;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code run}, for reading. Amounts in millionths. */
@Entity
@Immutable
@Table(name = "run")
@IdClass(RunRow.Key.class)
class RunRow {

    record Key(String accountId, String runId) {}

    @Id
    String accountId = "";

    @Id
    String runId = "";

    String status = "";

    @Nullable
    String reason;

    @Nullable
    String workspaceId;

    @Nullable
    String projectId;

    @Nullable
    String testId;

    @Nullable
    String parentRunId;

    @Nullable
    Long estimated;

    long spent;
    long nestedSpent;

    @Nullable
    UUID holdId;

    Instant startedAt = Instant.EPOCH;

    @Nullable
    Instant finishedAt;

    Instant seenAt = Instant.EPOCH;
    long refused;

    @Nullable
    String refusals;

    @Nullable
    Long queueNumber;

    @Nullable
    Instant queuedAt;

    @Nullable
    Instant queueExpiresAt;

    @Nullable
    Long holdAsked;

    @Nullable
    Long holdAskedSeconds;

    /** JSON. */
    @ColumnTransformer(read = "cast(metadata as text)")
    @Nullable
    String metadata;

    Run run() {
        return new Run(
                accountId,
                runId,
                EnumId.parse(Run.Status.class, status),
                reason == null ? null : EnumId.parse(Refusal.Code.class, reason),
                workspaceId,
                projectId,
                testId,
                parentRunId,
                estimated == null ? null : new Credits(estimated),
                new Credits(spent),
                new Credits(nestedSpent),
                holdId,
                startedAt,
                finishedAt,
                seenAt,
                PastRefusals.of(refused, refusals),
                queue());
    }

    private @Nullable QueuePlace queue() {
        return queueNumber == null || queuedAt == null || queueExpiresAt == null || holdAskedSeconds == null
                ? null
                : new QueuePlace(
                        queueNumber,
                        queuedAt,
                        queueExpiresAt,
                        holdAsked == null ? null : new Credits(holdAsked),
                        Duration.ofSeconds(holdAskedSeconds));
    }
}
