package ai.mavster.credits.grant;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.Answers;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import ai.mavster.credits.ledger.Correction;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.Refusals;
import ai.mavster.credits.ledger.posting.EntrySummary;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PublicId;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Credits of a grant that are taken back. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
public class VoidResource {

    private final Ledger ledger;
    private final Answers answers;
    private final Caller caller;

    VoidResource(Ledger ledger, Answers answers, Caller caller) {
        this.ledger = ledger;
        this.answers = answers;
        this.caller = caller;
    }

    /** A void as asked for. */
    @Schema(name = "VoidRequest", examples = """
            {"credits": 250, "reason": "The payment was charged back"}""")
    record Wanted(
            @PositiveAmount
            @Schema(description = "Absent: all that is left of the grant and not held.", examples = "250")
            @Nullable
            Credits credits,

            @NotNull @Text(max = 500) @Schema(examples = "The payment was charged back")
            String reason) {}

    /** A void as it was made. */
    @Schema(name = "Void", examples = """
            {"id": "void_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": 250,\
             "balance": 2990, "held": 0, "available": 2990, "owed": 0,\
             "entries": [{"seq": 3, "grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": -250}],\
             "author": {"type": "api_key", "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "support"}}""")
    record Voided(
            String id,
            String grantId,
            @Schema(description = "What was taken back.") Credits credits,
            Credits balance,
            Credits held,
            Credits available,

            @Schema(description = "What the next credits settle first.")
            Credits owed,

            List<EntrySummary> entries,
            Author author) {

        static Voided of(Posting posting) {
            return new Voided(
                    PublicId.VOID.of(posting.postingId()),
                    PublicId.GRANT.of(posting.entries().get(0).grantId()),
                    posting.credits(),
                    posting.balance(),
                    posting.held(),
                    posting.available(),
                    posting.owed(),
                    EntrySummary.of(posting),
                    posting.author());
        }
    }

    @POST
    @Path("/accounts/{account_id}/grants/{grant_id}/void")
    @RolesAllowed(Scopes.ADMIN)
    @IdempotencyKeyRequired
    @Refuses({Refusal.Code.GRANT_NOT_FOUND, Refusal.Code.VOID_EXCEEDS_GRANT})
    @Operation(
            operationId = "voidGrant",
            summary = "Void a grant",
            description =
                    "Takes back what is left of a grant, in part or whole, wherever it is in the order of spending: of credits whose payment was"
                            + " charged back, say. What was spent stays spent, what is held stays held, and nothing of it is usage. Needs no"
                            + " active subscription. More than is left and not held: 422 `void_exceeds_grant`.")
    @APIResponse(
            responseCode = "201",
            description = "Taken back.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Voided.class)))
    public CompletionStage<Response> voidGrant(
            @PathParam("account_id") String accountId,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @PathParam("grant_id") String grantId,
            @NotNull @Valid Wanted body) {
        UUID grant = PublicId.GRANT.parse(grantId);
        if (grant == null) {
            throw new RefusalException(Refusals.noSuchGrant(accountId));
        }
        return answers.created(
                ledger.submit(new Correction.Withdrawal(
                        accountId, key, grant, body.credits, Texts.note(body.reason), caller.author())),
                Voided::of);
    }
}
