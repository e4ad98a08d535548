package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Links each entry of an account to the one before, so that no entry can be changed, removed or put in between without it showing. */
final class HashChain {

    private HashChain() {}

    /** What the first entry of an account is chained to: 32 zero bytes. */
    static byte[] genesis() {
        return new byte[32];
    }

    /** The parts of an entry and of its posting that the hash covers. */
    record Link(
            String accountId,
            long seq,
            UUID grantId,
            Credits credits,
            Credits balanceAfter,
            UUID postingId,
            PostingKind kind,
            @Nullable String idempotencyKey,
            Credits requested,
            Credits moved,
            Purpose purpose,
            @Nullable UUID reverses,
            @Nullable String note,
            Instant occurredAt,
            @Nullable Instant expiresAt) {}

    static byte[] next(byte[] previous, Link link) {
        return new CanonicalForm()
                .add(previous)
                .add(link.accountId)
                .add(link.seq)
                .add(link.grantId)
                .add(link.credits.millionths())
                .add(link.balanceAfter.millionths())
                .add(link.postingId)
                .add(link.kind.id())
                .add(link.idempotencyKey)
                .add(link.requested.millionths())
                .add(link.moved.millionths())
                .add(link.purpose)
                .add(link.reverses)
                .add(link.note)
                .add(link.occurredAt)
                .add(link.expiresAt)
                .sha256();
    }
}
