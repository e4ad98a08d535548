package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Elements;
import ai.mavster.credits.http.IdempotencyKey;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Credits that are spent, and given back. */
@Path("/v1")
@Tag(name = "Ledger")
public class DebitResource {

    private static final Logger LOG = Logger.getLogger(DebitResource.class);

    private final Ledger ledger;
    private final Answers answers;
    private final Problems problems;
    private final Elements elements;
    private final Caller caller;

    DebitResource(Ledger ledger, Answers answers, Problems problems, Elements elements, Caller caller) {
        this.ledger = ledger;
        this.answers = answers;
        this.problems = problems;
        this.elements = elements;
        this.caller = caller;
    }

    /** What a debit does when fewer credits are available than it asks for. */
    enum OnInsufficient {
        REFUSE(Command.WhenShort.REFUSE),
        TAKE_AVAILABLE(Command.WhenShort.TAKE_AVAILABLE);

        private final Command.WhenShort whenShort;

        OnInsufficient(Command.WhenShort whenShort) {
            this.whenShort = whenShort;
        }
    }

    /** A debit as asked for. */
    @Schema(name = "Debit")
    record Debit(
            @NotNull @PositiveAmount @Schema(examples = "12.5")
            Credits credits,

            @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "/mave/chat") @Nullable
            String action,

            @Schema(description = "How many of the action; told back in the entries.", examples = "1")
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
            @Nullable
            OnInsufficient onInsufficient) {

        Command.Debit command(String accountId, String idempotencyKey) {
            OnInsufficient wish = onInsufficient == null ? OnInsufficient.REFUSE : onInsufficient;
            return new Command.Debit(
                    accountId,
                    idempotencyKey,
                    credits,
                    wish.whenShort,
                    new Purpose(action, quantity, workspaceId, projectId, testId, runId));
        }
    }

    /** One of many debits: a debit, and whose. */
    @Schema(name = "BulkDebit")
    record BulkDebit(
            @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "acct_7")
            String accountId,

            @NotNull @Pattern(regexp = IdempotencyKey.PATTERN) @Schema(examples = "run-1-step-3")
            String idempotencyKey,

            @NotNull @PositiveAmount @Schema(examples = "12.5")
            Credits credits,

            @Pattern(regexp = Identifier.PATTERN) @Nullable String action,

            @DecimalMin(value = "0", inclusive = false) @Digits(integer = 9, fraction = 6) @Nullable
            BigDecimal quantity,

            @Pattern(regexp = Identifier.PATTERN) @Nullable String workspaceId,
            @Pattern(regexp = Identifier.PATTERN) @Nullable String projectId,
            @Pattern(regexp = Identifier.PATTERN) @Nullable String testId,
            @Pattern(regexp = Identifier.PATTERN) @Nullable String runId,
            @Nullable OnInsufficient onInsufficient) {

        Command.Debit command() {
            return new Debit(credits, action, quantity, workspaceId, projectId, testId, runId, onInsufficient)
                    .command(accountId, idempotencyKey);
        }
    }

    /** Many debits, of any accounts. */
    record BulkDebits(
            @NotNull
            @Size(min = 1, max = 1000)
            @Schema(implementation = BulkDebit[].class, description = "1 to 1000 debits.")
            List<JsonNode> debits) {}

    /** A reversal as asked for. */
    @Schema(name = "Reversal")
    record Reversal(
            @PositiveAmount @Schema(description = "Absent: all that is left of the debit.", examples = "2.5") @Nullable
            Credits credits,

            @NotNull @Text(max = 500) @Schema(examples = "The step was charged twice by the runner")
            String reason) {}

    /** A debit as it was made. */
    @Schema(name = "DebitPosted")
    record Debited(
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
            Usage usage,

            @Schema(description = "One for each grant the credits came from.")
            List<Answers.EntrySummary> entries) {

        record Usage(Credits creditsUsed) {}

        static Debited of(Posting posting) {
            return new Debited(
                    PublicId.DEBIT.of(posting.postingId()),
                    posting.credits(),
                    posting.requested(),
                    posting.exhausted(),
                    posting.balance(),
                    posting.held(),
                    posting.available(),
                    new Usage(posting.credits()),
                    Answers.EntrySummary.of(posting));
        }
    }

    /** A reversal as it was made. */
    @Schema(name = "ReversalPosted")
    record Reversed(
            String id,
            String debitId,
            @Schema(description = "What was given back.") Credits credits,
            Credits balance,
            Credits held,
            Credits available,
            List<Answers.EntrySummary> entries) {

        static Reversed of(Posting posting) {
            return new Reversed(
                    PublicId.REVERSAL.of(posting.postingId()),
                    PublicId.DEBIT.of(Objects.requireNonNull(posting.reverses())),
                    posting.credits(),
                    posting.balance(),
                    posting.held(),
                    posting.available(),
                    Answers.EntrySummary.of(posting));
        }
    }

    /** What became of one of many debits: the debit, or the problem. */
    @Schema(name = "BulkDebitResult")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkResult(
            @Schema(description = "201, or the problem's status.", examples = "201")
            int status,

            @Schema(description = "This key had its effect earlier; the debit is the first answer again.") @Nullable
            Boolean replayed,

            @Nullable Debited debit,
            @Nullable Problem problem) {

        static BulkResult of(Problem problem) {
            return new BulkResult(problem.status(), null, null, problem);
        }
    }

    /** What became of many debits. */
    @Schema(name = "BulkDebitResults")
    record BulkResults(
            @Schema(description = "In the order of the debits.")
            List<BulkResult> results) {}

    @POST
    @Path("/accounts/{account_id}/debits")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Operation(
            operationId = "debit",
            summary = "Debit credits",
            description =
                    "Takes credits, soonest to expire first, then monthly ones, then top-ups. Needs an active or trialing"
                            + " subscription. A 402 has no effect: the same key may succeed later, once.")
    @APIResponse(
            responseCode = "201",
            description = "Debited.",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Debited.class)))
    public CompletionStage<Response> debit(
            @PathParam("account_id") String accountId, @NotNull @Valid Debit body, @Context HttpHeaders headers) {
        return answers.created(ledger.submit(body.command(accountId, IdempotencyKey.of(headers))), Debited::of);
    }

    @POST
    @Path("/debits")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Operation(
            operationId = "bulkDebit",
            summary = "Debit many accounts",
            description =
                    "Up to 1000 debits of any accounts, each with its own idempotency key. Each stands for itself: one that fails"
                            + " touches no other.")
    @APIResponse(
            responseCode = "200",
            description = "Each debit's result.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BulkResults.class)))
    public CompletionStage<BulkResults> bulkDebit(@NotNull @Valid BulkDebits body) {
        List<CompletableFuture<BulkResult>> results =
                body.debits.stream().map(this::oneOfMany).toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(done -> new BulkResults(
                        results.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<BulkResult> oneOfMany(JsonNode element) {
        Command.Debit command;
        try {
            BulkDebit debit = elements.read(element, BulkDebit.class);
            caller.requireAccount(debit.accountId);
            command = debit.command();
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(BulkResult.of(e.problem()));
        }
        return ledger.submit(command)
                .thenApply(outcome -> outcome.fold(
                        (posting, replayed) ->
                                new BulkResult(201, replayed ? Boolean.TRUE : null, Debited.of(posting), null),
                        refusal -> BulkResult.of(problems.of(refusal))))
                .exceptionally(DebitResource::failed)
                .toCompletableFuture();
    }

    private static BulkResult failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof LedgerUnavailable unavailable) {
            return BulkResult.of(Answers.problem(unavailable));
        }
        String errorId = UUID.randomUUID().toString();
        LOG.errorf(failure, "Internal error %s", errorId);
        return BulkResult.of(Problems.internalError(errorId));
    }

    @POST
    @Path("/accounts/{account_id}/debits/{debit_id}/reversals")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
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
            @PathParam("debit_id") String debitId,
            @NotNull @Valid Reversal body,
            @Context HttpHeaders headers) {
        String key = IdempotencyKey.of(headers);
        UUID debit = PublicId.DEBIT.parse(debitId);
        if (debit == null) {
            throw problems.exception(Decision.noSuchDebit(accountId));
        }
        return answers.created(
                ledger.submit(new Command.Reversal(accountId, key, debit, body.credits, body.reason)), Reversed::of);
    }
}
