package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.posting.HashChain;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.ledger.posting.Salt;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One movement of one grant, and why. */
@Schema(name = "Entry", examples = """
        {"seq": 2, "kind": "debit", "credits": -12.5, "balance_after": 2987.5,\
         "posting_id": "debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b",\
         "action": "visual-assert", "quantity": 1, "workspace_id": null, "project_id": "checkout",\
         "test_id": "guest-can-pay", "run_id": "run-1", "reverses": null, "reference": null, "note": null,\
         "metadata": {"branch": "main"}, "amount": null,\
         "author": {"type": "api_key", "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "runners"},\
         "idempotency_key": "run-1-step-1", "occurred_at": "2026-11-21T18:39:00Z",\
         "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",\
         "hashed": {"account_id": "acct_7", "requested": 12.5, "posted": 12.5, "captured": 0, "balance": 2987.5, "held": 0, "owed": 0,\
         "first_seq": 2, "entries": 1, "expires_at": null, "fingerprint": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",\
         "text_digest": "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9", "text_salt": "000102030405060708090a0b0c0d0e0f",\
         "hash_version": 2, "previous_hash": "baa5a0964d3320fbc0c6a922140453c8513ea24ab8fd0577034804a967248096"}}""")
record EntryAnswer(
        @Schema(description = "Its place in the account, gapless from 1.")
        long seq,

        PostingKind kind,

        @Schema(description = "Signed: a debit is negative.", examples = "-12.5")
        Credits credits,

        Credits balanceAfter,

        @Schema(
                description =
                        "The id of its posting, which the debit, grant, reversal or void was answered with. One posting has an entry for each grant it touched.")
        String postingId,

        String grantId,
        @Nullable String action,
        @Nullable BigDecimal quantity,
        @Nullable String workspaceId,
        @Nullable String projectId,
        @Nullable String testId,
        @Nullable String runId,

        @Schema(
                description =
                        "The debit that a reversal gives back; the grant that a clawback claims, or a reinstatement gives back of.")
        @Nullable
        String reverses,

        @Nullable String reference,
        @Nullable String note,
        @Nullable Metadata metadata,

        @Schema(description = "What was paid for the grant that it opened, as far as known.") @Nullable
        Money amount,

        Author author,
        @Nullable String idempotencyKey,
        Instant occurredAt,

        @Schema(description = "SHA-256, chained to the entry before, in hexadecimal.")
        String hash,

        Hashed hashed) {

    /** What the hash covers beside what the entry tells, and its posting's texts are checked by. */
    @Schema(
            name = "HashedFields",
            description =
                    "What the hash covers beside the entry's own fields: so that a statement can be checked without the service.")
    record Hashed(
            @Schema(examples = "acct_7") String accountId,

            @Schema(description = "What its posting asked for.")
            Credits requested,

            @Schema(description = "What its posting moved, by all of its entries, without a sign.")
            Credits posted,

            @Schema(description = "How much of that was drawn on holds.")
            Credits captured,

            @Schema(description = "The balance that its posting was answered with; held and owed likewise.")
            Credits balance,

            Credits held,

            Credits owed,

            @Schema(description = "The place of its posting's first entry.")
            long firstSeq,

            @Schema(description = "How many entries its posting has.")
            int entries,

            @Schema(description = "Of the grant that its posting opened; null: none, or it never expires.") @Nullable
            Instant expiresAt,

            @Schema(description = "What the idempotency key was used for: 32 bytes in hexadecimal.") @Nullable
            String fingerprint,

            @Schema(description = "HMAC-SHA-256 of reference, note and metadata; null: there never were any.") @Nullable
            String textDigest,

            @Schema(description = "The key of that digest; null: there is none, or the texts are erased.") @Nullable
            String textSalt,

            @Schema(description = "The form of the hash.", examples = "2")
            int hashVersion,

            @Schema(description = "The hash of the entry before; of the first one 64 zeros.")
            String previousHash) {}

    /**
     * @param salt the account's
     */
    static EntryAnswer of(EntryRepository.Line line, String accountId, Salt salt) {
        PostingKind kind = PostingKind.of(line.kind());
        return new EntryAnswer(
                line.seq(),
                kind,
                new Credits(line.credits()),
                new Credits(line.balanceAfter()),
                kind.publicId(line.postingId(), new Credits(line.credits())),
                PublicId.GRANT.of(line.grantId()),
                line.action(),
                Decimals.plain(line.quantity()),
                line.workspaceId(),
                line.projectId(),
                line.testId(),
                line.runId(),
                kind.publicIdOfReversed(line.reverses()),
                line.reference(),
                line.note(),
                Metadata.ofJson(line.metadata()),
                line.amount() == null || line.currency() == null ? null : new Money(line.amount(), line.currency()),
                new Author(EnumId.parse(Author.Type.class, line.authorType()), line.authorId(), line.authorName()),
                line.idempotencyKey(),
                line.occurredAt(),
                hexadecimal(line.hash()),
                hashed(line, accountId, salt));
    }

    private static Hashed hashed(EntryRepository.Line line, String accountId, Salt salt) {
        byte[] previous = line.previousHash();
        return new Hashed(
                accountId,
                new Credits(line.requested()),
                new Credits(line.posted()),
                new Credits(line.captured()),
                new Credits(line.balance()),
                new Credits(line.held()),
                new Credits(line.owed()),
                line.firstSeq(),
                line.entries(),
                line.expiresAt(),
                hexadecimalOrNull(line.fingerprint()),
                hexadecimalOrNull(line.textDigest()),
                line.textDigest() == null ? null : hexadecimalOrNull(salt.bytes()),
                line.hashVersion(),
                hexadecimal(previous == null ? HashChain.genesis() : previous));
    }

    private static String hexadecimal(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static @Nullable String hexadecimalOrNull(byte @Nullable [] bytes) {
        return bytes == null ? null : hexadecimal(bytes);
    }
}
