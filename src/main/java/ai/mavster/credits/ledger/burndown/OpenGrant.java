package ai.mavster.credits.ledger.burndown;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.GrantKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A grant, as far as decisions need it.
 *
 * @param seq the entry that posted it
 */
public record OpenGrant(
        UUID grantId,
        GrantKind kind,
        Credits credits,
        Credits remaining,
        @Nullable Instant expiresAt,
        long seq) {

    public boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    public OpenGrant moved(Credits difference) {
        return new OpenGrant(grantId, kind, credits, remaining.plus(difference), expiresAt, seq);
    }
}
