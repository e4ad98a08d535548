package ai.mavster.credits.grant;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Money;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Answers;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.SignedAmount;
import ai.mavster.credits.http.Text;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Correction;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Texts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Credits that come in: top-ups, and grants by the admin. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
public class GrantResource {

    private final Ledger ledger;
    private final Answers answers;
    private final Caller caller;

    GrantResource(Ledger ledger, Answers answers, Caller caller) {
        this.ledger = ledger;
        this.answers = answers;
        this.caller = caller;
    }

    /** A top-up as asked for. */
    @Schema(name = "TopUpRequest", examples = """
            {"credits": 5000, "reference": "INV-2026-0042", "amount": {"value": 49.00, "currency": "EUR"}}""")
    record TopUp(
            @NotNull @PositiveAmount @Schema(examples = "5000")
            Credits credits,

            @Text(max = 200)
            @Schema(description = "The caller's own number for it.", examples = "INV-2026-0042")
            @Nullable
            String reference,

            @Text(max = 500) @Nullable String note,

            @Schema(description = "What was paid for them.") @Nullable
            Money amount,

            @Nullable Metadata metadata) {}

    /** The kinds of grant that are made by hand. */
    @Schema(name = "GrantRequestKind")
    enum ManualKind {
        PROMOTIONAL(GrantKind.PROMOTIONAL),
        ADJUSTMENT(GrantKind.ADJUSTMENT);

        private final GrantKind kind;

        ManualKind(GrantKind kind) {
            this.kind = kind;
        }
    }

    /** A grant as asked for; an adjustment may take. */
    @Schema(name = "GrantRequest", examples = """
            {"credits": 250, "kind": "promotional", "expires_at": "2099-01-01T00:00:00Z", "reason": "Apology for an outage"}""")
    record ManualGrant(
            @NotNull
            @SignedAmount
            @Schema(description = "More than 0. Of an adjustment also less: so much is taken then.", examples = "250")
            Credits credits,

            @NotNull ManualKind kind,

            @Schema(
                    description =
                            "From then on what is left of it counts for nothing. Absent: never. Not where credits are taken.",
                    examples = "2027-01-01T00:00:00Z")
            @Nullable
            Instant expiresAt,

            @NotNull @Text(max = 500) @Schema(examples = "Apology for the outage of 3 November")
            String reason,

            @Schema(description = "What was paid for them, or what they stand for. Not where credits are taken.")
            @Nullable
            Money amount,

            @Nullable Metadata metadata) {

        Command.Posts command(String accountId, String key, Author author) {
            Texts texts = new Texts(null, reason, metadata);
            if (!credits.isNegative()) {
                return new Command.Grant(accountId, key, kind.kind, credits, amount, expiresAt, true, texts, author);
            }
            if (kind != ManualKind.ADJUSTMENT) {
                throw new InvalidInput("credits", "must be greater than 0, but for an adjustment");
            }
            if (expiresAt != null) {
                throw new InvalidInput("expires_at", "is not for credits that are taken");
            }
            if (amount != null) {
                throw new InvalidInput("amount", "is not for credits that are taken");
            }
            return new Correction.Withdrawal(accountId, key, null, credits.negated(), texts, author);
        }
    }

    /** A grant of any kind, as it was just posted. */
    @Schema(name = "PostedGrant", examples = """
            {"id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "seq": 4,\
             "credits": 5000, "balance": 7990, "held": 0, "available": 7990, "owed": 0,\
             "amount": {"value": 49.00, "currency": "EUR"}, "metadata": null,\
             "author": {"type": "api_key", "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "billing"}}""")
    record Granted(
            @Schema(examples = "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            String id,

            @Schema(
                    description = "The same as id; null for an adjustment that took credits.",
                    examples = "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            @Nullable
            String grantId,

            @Schema(description = "The (first) entry's place in the account's ledger.")
            long seq,

            @Schema(description = "Negative for an adjustment that took credits.")
            Credits credits,

            @Schema(description = "All credits of the account, held ones too.")
            Credits balance,

            @Schema(description = "What open holds reserve.")
            Credits held,

            @Schema(description = "balance - held.") Credits available,

            @Schema(
                    description =
                            "What is still owed, once what was owed before is settled from these credits: then balance has grown by less.")
            Credits owed,

            @Nullable Money amount,

            @Nullable Metadata metadata,

            Author author) {

        static Granted of(Posting posting) {
            Credits credits = posting.credits();
            String id = posting.kind().publicId(posting.postingId(), credits);
            return new Granted(
                    id,
                    posting.kind().opensGrant(credits) ? id : null,
                    posting.firstSeq(),
                    credits,
                    posting.balance(),
                    posting.held(),
                    posting.available(),
                    posting.owed(),
                    posting.amount(),
                    posting.texts().metadata(),
                    posting.author());
        }
    }

    @POST
    @Path("/accounts/{account_id}/top-ups")
    @RolesAllowed({Scopes.TOP_UPS, Scopes.ADMIN})
    @IdempotencyKeyRequired
    @Refuses(Refusal.Code.BALANCE_LIMIT_EXCEEDED)
    @Operation(
            operationId = "topUp",
            summary = "Top up credits",
            description =
                    "Credits bought. They never expire and no cap applies to them. While the subscription is not active they are"
                            + " kept, and can be spent as soon as it is.")
    @APIResponse(
            responseCode = "201",
            description = "Topped up.",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Granted.class)))
    public CompletionStage<Response> topUp(
            @PathParam("account_id") String accountId,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @NotNull @Valid TopUp body) {
        return grant(new Command.Grant(
                accountId,
                key,
                GrantKind.TOP_UP,
                body.credits,
                body.amount,
                null,
                false,
                new Texts(body.reference, body.note, body.metadata),
                caller.author()));
    }

    @POST
    @Path("/accounts/{account_id}/grants")
    @RolesAllowed(Scopes.ADMIN)
    @IdempotencyKeyRequired
    @Refuses({Refusal.Code.BALANCE_LIMIT_EXCEEDED, Refusal.Code.ADJUSTMENT_EXCEEDS_AVAILABLE})
    @Operation(
            operationId = "grant",
            summary = "Grant credits",
            description =
                    "Promotional credits, or the adjustment of an account. Spent before top-ups, and before monthly credits where they"
                            + " expire sooner. An adjustment may be negative, down to what is available, whatever the subscription: it takes"
                            + " from the grants that would be spent next, and is no usage. More: 422 `adjustment_exceeds_available`.")
    @APIResponse(
            responseCode = "201",
            description = "Granted.",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Granted.class)))
    public CompletionStage<Response> grant(
            @PathParam("account_id") String accountId,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @NotNull @Valid ManualGrant body) {
        return grant(body.command(accountId, key, caller.author()));
    }

    private CompletionStage<Response> grant(Command<Posting> command) {
        return answers.created(ledger.submit(command), Granted::of);
    }
}
