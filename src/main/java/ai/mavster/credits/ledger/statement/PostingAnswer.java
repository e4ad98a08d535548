package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.posting.PostingKind;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A posting as callers see it: what one command did, however many grants it touched. */
@Schema(name = "Posting", examples = """
            {"id": "debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "kind": "debit", "credits": -12.5, "requested": 12.5,\
             "balance_after": 2987.5, "owed_after": 0, "action": "visual-assert", "quantity": 1, "workspace_id": null,\
             "project_id": "checkout", "test_id": "guest-can-pay", "run_id": "run-1", "reverses": null, "reference": null,\
             "note": null, "metadata": {"branch": "main"}, "amount": null,\
             "author": {"type": "api_key", "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "runners"},\
             "idempotency_key": "run-1-step-1", "occurred_at": "2026-11-21T18:39:00Z"}""")
public record PostingAnswer(
        @Schema(
                description = "The id that it was answered with; of one that gave credits also the grant's.",
                examples = "debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
        String id,

        PostingKind kind,

        @Schema(description = "Signed: a debit is negative. 0 where nothing moved.", examples = "-12.5")
        Credits credits,

        @Schema(
                description =
                        "What was asked for; more than what moved only where a debit took what was available, or where a"
                                + " clawback claimed more: the difference is owed then.",
                examples = "12.5")
        Credits requested,

        @Schema(description = "The account's balance right after it.")
        Credits balanceAfter,

        @Schema(description = "What the account owed right after it.")
        Credits owedAfter,

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
        Instant occurredAt) {

    static PostingAnswer of(PostingRepository.Line line) {
        PostingRow row = line.posting();
        PostingKind kind = PostingKind.of(row.kind);
        Credits credits = new Credits(row.credits);
        return new PostingAnswer(
                kind.publicId(row.postingId, credits),
                kind,
                kind.inDirection(credits),
                new Credits(row.requested),
                new Credits(row.balance),
                new Credits(row.owed),
                row.action,
                Decimals.plain(row.quantity),
                row.workspaceId,
                row.projectId,
                row.testId,
                row.runId,
                kind.publicIdOfReversed(row.reverses),
                line.reference(),
                line.note(),
                Metadata.ofJson(line.metadata()),
                line.amount() == null || line.currency() == null ? null : new Money(line.amount(), line.currency()),
                new Author(EnumId.parse(Author.Type.class, row.authorType), row.authorId, row.authorName),
                row.idempotencyKey,
                row.occurredAt);
    }
}
