package ai.mavster.credits.debit;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Answers;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.EntrySummary;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Texts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Credits that are spent. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
public class DebitResource {

    private final Ledger ledger;
    private final Answers answers;
    private final Caller caller;

    DebitResource(Ledger ledger, Answers answers, Caller caller) {
        this.ledger = ledger;
        this.answers = answers;
        this.caller = caller;
    }

    /** A debit as asked for. */
    @Schema(name = "DebitRequest", minProperties = 1, examples = """
            {"credits": 12.5, "action": "visual-assert", "project_id": "checkout", "test_id": "guest-can-pay"}""")
    public record Debit(
            @PositiveAmount
            @Schema(
                    description =
                            "How many. Absent: what the action costs by the rate card; an action with a range of prices needs it.",
                    examples = "12.5")
            @Nullable
            Credits credits,

            @Pattern(regexp = Identifier.PATTERN)
            @Schema(description = "Needed where there are no credits.", examples = "/mave/chat")
            @Nullable
            String action,

            @Schema(description = "How many of the action, 1 if absent; shown in the entries.", examples = "1")
            @DecimalMin(value = "0", inclusive = false)
            @Digits(integer = 9, fraction = 6)
            @Nullable
            BigDecimal quantity,

            @Pattern(regexp = Identifier.PATTERN) @Nullable String workspaceId,

            @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "checkout") @Nullable
            String projectId,

            @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "guest-can-pay") @Nullable
            String testId,

            @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "run-1") @Nullable
            String runId,

            @Schema(
                    description =
                            "With fewer credits available: refuse (the default), or take what there is. With nothing"
                                    + " available both refuse.")
            Command.@Nullable OnInsufficient onInsufficient,

            @Nullable Metadata metadata) {

        /**
         * The command.
         *
         * @throws InvalidInput if it names neither an amount nor an action
         */
        public Command.Debit command(String accountId, String idempotencyKey, Author author) {
            return command(accountId, idempotencyKey, runId, false, author);
        }

        /** The same as a debit of a run that must be known. */
        public Command.Debit command(String accountId, String idempotencyKey, String ofRunId, Author author) {
            return command(accountId, idempotencyKey, ofRunId, true, author);
        }

        private Command.Debit command(
                String accountId, String idempotencyKey, @Nullable String ofRunId, boolean known, Author author) {
            if (credits == null && action == null) {
                throw new InvalidInput("credits", "is required, unless there is an action that the rate card prices");
            }
            return new Command.Debit(
                    accountId,
                    idempotencyKey,
                    credits,
                    onInsufficient == null ? Command.OnInsufficient.REFUSE : onInsufficient,
                    new Purpose(action, quantity, workspaceId, projectId, testId, ofRunId),
                    known,
                    Texts.of(metadata),
                    author);
        }
    }

    /** A debit as it was made. */
    @Schema(name = "Debit", examples = """
            {"id": "debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": 12.5, "requested": 12.5, "exhausted": false,\
             "balance": 2987.5, "held": 0, "available": 2987.5, "owed": 0, "usage": {"credits_used": 12.5},\
             "entries": [{"seq": 2, "grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": -12.5}],\
             "metadata": {"branch": "main"},\
             "author": {"type": "api_key", "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "runners"}}""")
    public record Debited(
            @Schema(examples = "debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            String id,

            @Schema(description = "What was charged, positive.")
            Credits credits,

            @Schema(description = "What was asked for.") Credits requested,

            @Schema(description = "Less was charged than asked for: the account ran dry.")
            boolean exhausted,

            Credits balance,
            Credits held,
            Credits available,

            @Schema(description = "What the next credits settle first.")
            Credits owed,

            Usage usage,

            @Schema(description = "One for each grant the credits came from.")
            List<EntrySummary> entries,

            @Nullable Metadata metadata,

            Author author) {

        @Schema(name = "DebitUsage")
        public record Usage(Credits creditsUsed) {}

        public static Debited of(Posting posting) {
            return new Debited(
                    PublicId.DEBIT.of(posting.postingId()),
                    posting.credits(),
                    posting.requested(),
                    posting.exhausted(),
                    posting.balance(),
                    posting.held(),
                    posting.available(),
                    posting.owed(),
                    new Usage(posting.credits()),
                    EntrySummary.of(posting),
                    posting.texts().metadata(),
                    posting.author());
        }
    }

    @POST
    @Path("/accounts/{account_id}/debits")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @IdempotencyKeyRequired
    @Refuses({
        Refusal.Code.SUBSCRIPTION_REQUIRED,
        Refusal.Code.INSUFFICIENT_CREDITS,
        Refusal.Code.BUDGET_EXCEEDED,
        Refusal.Code.RUN_NOT_RUNNING,
        Refusal.Code.ACTION_NOT_PRICED,
        Refusal.Code.AMOUNT_REQUIRED
    })
    @Operation(
            operationId = "debit",
            summary = "Debit credits",
            description =
                    "Takes credits, soonest to expire first, then monthly ones, then top-ups. Needs an active or trialing"
                            + " subscription. A 402 has no effect: the same key may succeed later, once. One that names a run is"
                            + " the run's: its hold, workspace, project and test; naming others is a 400. A run that was never started"
                            + " is a label.")
    @APIResponse(
            responseCode = "201",
            description = "Debited.",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Debited.class)))
    public CompletionStage<Response> debit(
            @PathParam("account_id") String accountId,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @NotNull @Valid Debit body) {
        return answers.created(ledger.submit(body.command(accountId, key, caller.author())), Debited::of);
    }
}
