package ai.mavster.credits.debit;

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
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Credits that are given back. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
public class ReversalResource {

    private final Ledger ledger;
    private final Answers answers;
    private final Caller caller;

    ReversalResource(Ledger ledger, Answers answers, Caller caller) {
        this.ledger = ledger;
        this.answers = answers;
        this.caller = caller;
    }

    /** A reversal as asked for. */
    @Schema(name = "ReversalRequest", examples = """
            {"credits": 2.5, "reason": "The step was charged twice by the runner"}""")
    record Reversal(
            @PositiveAmount @Schema(description = "Absent: all that is left of the debit.", examples = "2.5") @Nullable
            Credits credits,

            @NotNull @Text(max = 500) @Schema(examples = "The step was charged twice by the runner")
            String reason) {}

    /** A reversal as it was made. */
    @Schema(name = "Reversal", examples = """
            {"id": "reversal_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "debit_id": "debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": 2.5,\
             "balance": 2990, "held": 0, "available": 2990, "owed": 0,\
             "entries": [{"seq": 3, "grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": 2.5}],\
             "author": {"type": "api_key", "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "runners"}}""")
    record Reversed(
            String id,
            String debitId,
            @Schema(description = "What was given back.") Credits credits,
            Credits balance,
            Credits held,
            Credits available,

            @Schema(description = "What the next credits settle first.")
            Credits owed,

            List<EntrySummary> entries,
            Author author) {

        static Reversed of(Posting posting) {
            return new Reversed(
                    PublicId.REVERSAL.of(posting.postingId()),
                    PublicId.DEBIT.of(Objects.requireNonNull(posting.reverses())),
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
    @Path("/accounts/{account_id}/debits/{debit_id}/reversals")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @IdempotencyKeyRequired
    @Refuses({Refusal.Code.DEBIT_NOT_FOUND, Refusal.Code.REVERSAL_EXCEEDS_DEBIT, Refusal.Code.BALANCE_LIMIT_EXCEEDED})
    @Operation(
            operationId = "reverse",
            summary = "Reverse a debit",
            description =
                    "Gives credits back to the grants they came from, in part or whole. What goes back to a grant that has expired"
                            + " expires with it. More than was taken: 422 `reversal_exceeds_debit`. Needs no active subscription.")
    @APIResponse(
            responseCode = "201",
            description = "Given back.",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Reversed.class)))
    public CompletionStage<Response> reverse(
            @PathParam("account_id") String accountId,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @PathParam("debit_id") String debitId,
            @NotNull @Valid Reversal body) {
        UUID debit = PublicId.DEBIT.parse(debitId);
        if (debit == null) {
            throw new RefusalException(Refusals.noSuchDebit(accountId));
        }
        return answers.created(
                ledger.submit(new Correction.Reversal(
                        accountId, key, debit, body.credits, Texts.note(body.reason), caller.author())),
                Reversed::of);
    }
}
