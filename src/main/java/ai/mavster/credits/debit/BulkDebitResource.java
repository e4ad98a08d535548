package ai.mavster.credits.debit;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.body.Elements;
import ai.mavster.credits.http.body.Listed;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Many debits at once, of any accounts. */
@Path("/v1/debits")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
public class BulkDebitResource {

    private static final Logger LOG = Logger.getLogger(BulkDebitResource.class);

    private final Ledger ledger;
    private final Problems problems;
    private final Elements elements;
    private final Caller caller;

    BulkDebitResource(Ledger ledger, Problems problems, Elements elements, Caller caller) {
        this.ledger = ledger;
        this.problems = problems;
        this.elements = elements;
        this.caller = caller;
    }

    /** One of many debits: a debit, and whose. */
    @Schema(name = "BulkDebitItem", minProperties = 3, examples = """
            {"account_id": "acct_7", "idempotency_key": "run-1-step-3", "credits": 12.5, "action": "visual-assert"}""")
    record BulkDebit(
            @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "acct_7")
            String accountId,

            @NotNull @Pattern(regexp = IdempotencyKey.PATTERN) @Schema(examples = "run-1-step-3")
            String idempotencyKey,

            @PositiveAmount
            @Schema(description = "As in a debit: absent, the action is priced by the rate card.", examples = "12.5")
            @Nullable
            Credits credits,

            @Pattern(regexp = Identifier.PATTERN) @Nullable String action,

            @DecimalMin(value = "0", inclusive = false) @Digits(integer = 9, fraction = 6) @Nullable
            BigDecimal quantity,

            @Pattern(regexp = Identifier.PATTERN) @Nullable String workspaceId,
            @Pattern(regexp = Identifier.PATTERN) @Nullable String projectId,
            @Pattern(regexp = Identifier.PATTERN) @Nullable String testId,
            @Pattern(regexp = Identifier.PATTERN) @Nullable String runId,
            Command.@Nullable OnInsufficient onInsufficient,
            @Nullable Metadata metadata) {

        Command.Debit command(Author author) {
            return new DebitResource.Debit(
                            credits, action, quantity, workspaceId, projectId, testId, runId, onInsufficient, metadata)
                    .command(accountId, idempotencyKey, author);
        }
    }

    /** Many debits, of any accounts. */
    @Schema(name = "BulkDebitRequest")
    record BulkDebits(
            @NotNull
            @Size(min = 1, max = 1000)
            @Schema(implementation = BulkDebit[].class, description = "1 to 1000 debits.")
            List<Listed<BulkDebit>> debits) {}

    /** What became of one of many debits: the debit, or the problem. */
    @Schema(name = "BulkDebitResult", examples = """
            {"status": 201, "debit": {"id": "debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": 12.5, "requested": 12.5, "exhausted": false,\
             "balance": 2987.5, "held": 0, "available": 2987.5, "owed": 0, "usage": {"credits_used": 12.5},\
             "entries": [{"seq": 2, "grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": -12.5}],\
             "metadata": null, "author": {"type": "api_key", "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "runners"}}}""")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkResult(
            @Schema(required = true, description = "201, or the problem's status.", examples = "201")
            int status,

            @Schema(description = "This key had its effect earlier; the debit is the first answer again.") @Nullable
            Boolean replayed,

            DebitResource.@Nullable Debited debit,
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
        Author author = caller.author();
        List<CompletableFuture<BulkResult>> results =
                body.debits.stream().map(debit -> oneOfMany(debit, author)).toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(done -> new BulkResults(
                        results.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<BulkResult> oneOfMany(Listed<BulkDebit> element, Author author) {
        Command.Debit command;
        try {
            BulkDebit debit = elements.open(element);
            caller.requireAccount(debit.accountId);
            command = debit.command(author);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(e));
        }
        return ledger.submit(command)
                .thenApply(outcome -> outcome.fold(
                        (posting, replayed) -> new BulkResult(
                                201, replayed ? Boolean.TRUE : null, DebitResource.Debited.of(posting), null),
                        refusal -> BulkResult.of(problems.of(refusal))))
                .exceptionally(this::failed)
                .toCompletableFuture();
    }

    private BulkResult failed(Throwable failure) {
        Problem problem = problems.of(failure);
        if (problem != null) {
            return BulkResult.of(problem);
        }
        String errorId = UUID.randomUUID().toString();
        LOG.errorf(failure, "Internal error %s", errorId);
        return BulkResult.of(Problems.internalError(errorId));
    }
}
