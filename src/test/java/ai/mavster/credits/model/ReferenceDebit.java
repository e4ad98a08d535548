package ai.mavster.credits.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a debit of a {@link ReferenceAccount} took; {@code id} is the kernel's, once it has told it. */
final class ReferenceDebit {

    @Nullable
    UUID id;

    final Instant at;
    final @Nullable String runId;
    final @Nullable String workspaceId;
    final @Nullable String projectId;
    final @Nullable String testId;
    final List<ReferenceGrants.Share> shares;

    ReferenceDebit(
            Instant at,
            @Nullable String runId,
            @Nullable String workspaceId,
            @Nullable String projectId,
            @Nullable String testId,
            List<ReferenceGrants.Share> shares) {
        this.at = at;
        this.runId = runId;
        this.workspaceId = workspaceId;
        this.projectId = projectId;
        this.testId = testId;
        this.shares = shares;
    }

    long taken() {
        return shares.stream().mapToLong(share -> share.taken).sum();
    }

    long left() {
        return shares.stream().mapToLong(share -> share.left).sum();
    }
}
