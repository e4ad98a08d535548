package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A grant, as far as decisions need it.
 *
 * @param seq the entry that posted it
 */
record OpenGrant(
        UUID grantId,
        GrantKind kind,
        Credits credits,
        Credits remaining,
        @Nullable Instant expiresAt,
        long seq) {

    boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    OpenGrant moved(Credits difference) {
        return new OpenGrant(grantId, kind, credits, remaining.plus(difference), expiresAt, seq);
    }
}
