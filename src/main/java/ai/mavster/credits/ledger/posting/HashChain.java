package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.Credits;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Links each entry of an account to the one before, so that no entry can be changed, removed or put in between without
 * it showing.
 */
public final class HashChain {

    /** The form in which postings are hashed now: see {@link CanonicalForm}. Each posting keeps the one of its own. */
    public static final int VERSION = 2;

    private HashChain() {}

    /** What the first entry of an account is chained to: 32 zero bytes. */
    public static byte[] genesis() {
        return new byte[32];
    }

    /** What the hash covers of an entry. */
    public record Link(long seq, UUID grantId, Credits credits, Credits balanceAfter) {}

    /**
     * What the hash covers of a posting, its own row and what others keep of it. Not its entries, of which each has a
     * {@link Link}.
     *
     * @param entries how many it has
     * @param fingerprint what its idempotency key was used for; null: it has no key
     * @param expiresAt of the grant that it opened
     */
    public record Covered(
            Posting posting,
            int entries,
            byte @Nullable [] fingerprint,
            @Nullable Instant expiresAt) {}

    /** The hash of an entry. */
    public static byte[] next(byte[] previous, Covered covered, Link link) {
        return form(previous, covered)
                .add(link.seq)
                .add(link.grantId)
                .add(link.credits.millionths())
                .add(link.balanceAfter.millionths())
                .add(covered)
                .sha256();
    }

    /**
     * The hash of a posting that moved nothing and so has no entry. It hangs on the entry before it, and nothing hangs
     * on it.
     *
     * @param previous the hash of that entry
     */
    public static byte[] aside(byte[] previous, Covered covered) {
        return form(previous, covered).add(covered).sha256();
    }

    private static CanonicalForm form(byte[] previous, Covered covered) {
        return new CanonicalForm().add(covered.posting().hashVersion()).add(previous);
    }
}
