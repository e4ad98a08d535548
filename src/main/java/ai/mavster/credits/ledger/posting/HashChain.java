package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.Credits;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Links each entry of an account to the one before, so that no entry can be changed, removed or put in between without it showing. */
public final class HashChain {

    private HashChain() {}

    /** What the first entry of an account is chained to: 32 zero bytes. */
    public static byte[] genesis() {
        return new byte[32];
    }

    /**
     * What the hash covers of an entry, beside its posting.
     *
     * @param expiresAt of a grant that the posting opened
     */
    public record Link(
            long seq,
            UUID grantId,
            Credits credits,
            Credits balanceAfter,
            @Nullable Instant expiresAt) {}

    /** Its form: see {@link CanonicalForm}. */
    public static byte[] next(byte[] previous, Posting posting, Link link) {
        return new CanonicalForm()
                .add(previous)
                .add(posting.accountId())
                .add(link.seq)
                .add(link.grantId)
                .add(link.credits.millionths())
                .add(link.balanceAfter.millionths())
                .add(posting.postingId())
                .add(posting.kind().id())
                .add(posting.idempotencyKey())
                .add(posting.requested().millionths())
                .add(posting.credits().millionths())
                .add(posting.captured().millionths())
                .add(posting.purpose())
                .add(posting.reverses())
                .add(posting.note())
                .add(posting.occurredAt())
                .add(link.expiresAt)
                .sha256();
    }
}
