package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one command did to an account: the reason, and one entry for each grant it touched.
 *
 * @param postingId a grant that it opened has the same id
 * @param requested what was asked for; more than {@code credits} only where a debit took what was available, or where a
 *     clawback found less than it claims
 * @param credits what moved, in the direction of its kind: negative only for an adjustment that takes
 * @param captured how much of it was drawn on holds
 * @param balance the account's balance once the command was done, which is what its caller was answered; {@code held}
 *     likewise, and {@code owed}: what is to be settled from the next credits
 * @param reverses the debit that a reversal gives back; the grant that a clawback claims, or a reinstatement gives back
 *     what was claimed of
 * @param texts empty where they have been erased
 * @param textDigest of them under the account's salt, by which they can be verified; null: it never had any
 * @param amount what was paid for the grant that it opened, as far as known
 * @param hashVersion the form of the hashes over it
 * @param hash of a posting without entries; null where they have it
 */
public record Posting(
        String accountId,
        UUID postingId,
        PostingKind kind,
        @Nullable String idempotencyKey,
        Credits requested,
        Credits credits,
        Credits captured,
        Credits balance,
        Credits held,
        Credits owed,
        Purpose purpose,
        @Nullable UUID reverses,
        Author author,
        Texts texts,
        byte @Nullable [] textDigest,
        @Nullable Money amount,
        Instant occurredAt,
        long firstSeq,
        List<Entry> entries,
        int hashVersion,
        byte @Nullable [] hash) {

    public Posting {
        entries = List.copyOf(entries);
    }

    public Credits available() {
        return balance.minus(held);
    }

    /** Fewer credits were taken than were asked for. */
    public boolean exhausted() {
        return credits.isLessThan(requested);
    }

    public Posting withEntries(List<Entry> newEntries) {
        return copy(newEntries, hash, texts, amount);
    }

    /** As it was read, with what is kept of it elsewhere. */
    public Posting with(Texts newTexts, @Nullable Money newAmount) {
        return copy(entries, hash, newTexts, newAmount);
    }

    /** One that moved nothing. */
    public Posting withHash(byte[] newHash) {
        return copy(List.of(), newHash, texts, amount);
    }

    private Posting copy(List<Entry> newEntries, byte @Nullable [] newHash, Texts newTexts, @Nullable Money newAmount) {
        return new Posting(
                accountId,
                postingId,
                kind,
                idempotencyKey,
                requested,
                credits,
                captured,
                balance,
                held,
                owed,
                purpose,
                reverses,
                author,
                newTexts,
                textDigest,
                newAmount,
                occurredAt,
                firstSeq,
                newEntries,
                hashVersion,
                newHash);
    }

    /**
     * One movement of one grant.
     *
     * @param seq its place in the account, gapless from 1
     * @param credits signed: what leaves the account is negative
     * @param hash chains it to the entry before
     */
    public record Entry(long seq, UUID grantId, Credits credits, Credits balanceAfter, byte[] hash) {}
}
