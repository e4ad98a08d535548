package ai.mavster.credits.run;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.debit.DebitResource;
import ai.mavster.credits.http.Answers;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import ai.mavster.credits.ledger.Ledger;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a run spends while it goes on. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class RunDebitResource {

    private final Ledger ledger;
    private final Answers answers;
    private final Caller caller;

    RunDebitResource(Ledger ledger, Answers answers, Caller caller) {
        this.ledger = ledger;
        this.answers = answers;
        this.caller = caller;
    }

    @POST
    @Path("/accounts/{account_id}/runs/{run_id}/debits")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @IdempotencyKeyRequired
    @Refuses({
        Refusal.Code.SUBSCRIPTION_REQUIRED,
        Refusal.Code.INSUFFICIENT_CREDITS,
        Refusal.Code.BUDGET_EXCEEDED,
        Refusal.Code.RUN_NOT_FOUND,
        Refusal.Code.RUN_NOT_RUNNING,
        Refusal.Code.ACTION_NOT_PRICED,
        Refusal.Code.AMOUNT_REQUIRED
    })
    @Operation(
            operationId = "debitRun",
            summary = "Debit credits for a run",
            description =
                    "As a debit of the account that names the run, but the run must be known. Draws on the run's hold first, then on the"
                            + " holds of the runs above it, then on what is available. Workspace, project and test are the run's; naming others"
                            + " is a 400. A 402 is added to the run's `refusals`; what was charged stays. A run that is over can still be"
                            + " debited, if it can be paid.")
    @APIResponse(
            responseCode = "201",
            description = "Debited.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DebitResource.Debited.class)))
    public CompletionStage<Response> debit(
            @PathParam("account_id") String accountId,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @PathParam("run_id") @Pattern(regexp = Identifier.PATTERN) String runId,
            @NotNull @Valid DebitResource.Debit body) {
        if (body.runId() != null && !body.runId().equals(runId)) {
            throw new InvalidInput("run_id", "must be the run of the path, or absent");
        }
        return answers.created(
                ledger.submit(body.command(accountId, key, runId, caller.author())), DebitResource.Debited::of);
    }
}
