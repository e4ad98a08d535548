package ai.mavster.credits.operator.record;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code operator_action}. */
@Entity
@Table(name = "operator_action")
class ActionRow {

    @Id
    UUID actionId = new UUID(0, 0);

    Instant begunAt = Instant.EPOCH;
    String authorId = "";
    String authorName = "";
    String kind = "";

    @Nullable
    String accountId;

    @Nullable
    String targetId;

    @Nullable
    String reason;

    @Nullable
    String idempotencyKey;

    @Nullable
    Instant doneAt;
}
