package ai.mavster.credits.run;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.IdempotencyKey;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Answers;
import ai.mavster.credits.ledger.DebitResource;
import ai.mavster.credits.ledger.Ledger;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a run spends while it goes on. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class RunDebitResource {

    private final Ledger ledger;
    private final Answers answers;
    private final RunDirectory directory;
    private final Caller caller;
    private final ManagedExecutor workers;

    RunDebitResource(Ledger ledger, Answers answers, RunDirectory directory, Caller caller, ManagedExecutor workers) {
        this.ledger = ledger;
        this.answers = answers;
        this.directory = directory;
        this.caller = caller;
        this.workers = workers;
    }

    @POST
    @Path("/runs/{run_id}/debits")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Operation(
            operationId = "debitRun",
            summary = "Debit credits for a run",
            description =
                    "As a debit of the account. Draws on the run's hold first, then on the holds of the runs above it, then on what is"
                            + " available. Workspace, project and test are the run's unless given. A 402 stands as `reason` in the"
                            + " run's record; what was charged stays. A run that is over can still be debited, if it can be paid.")
    @APIResponse(
            responseCode = "201",
            description = "Debited.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DebitResource.Debited.class)))
    public CompletionStage<Response> debit(
            @PathParam("run_id") String runId,
            @Schema(
                            description =
                                    "Whose run it is: needed where several accounts use that id, and spares a look-up elsewhere.")
                    @QueryParam("account_id")
                    @Nullable
                    String accountId,
            @NotNull @Valid DebitResource.Debit body,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        if (body.runId() != null && !body.runId().equals(runId)) {
            throw Problems.invalidRequest("run_id", "must be the run of the path, or absent");
        }
        String key = IdempotencyKey.of(headers);
        String account = RunDirectory.account(Query.of(uri).matching("account_id", Identifier.PATTERN), caller);
        Run remembered = directory.remembered(account, runId);
        CompletionStage<Run> run = remembered != null
                ? CompletableFuture.completedStage(remembered)
                : workers.supplyAsync(() -> directory.find(account, runId));
        return answers.created(
                run.thenCompose(found -> ledger.submit(of(found, body).command(found.accountId(), key))),
                DebitResource.Debited::of);
    }

    private static DebitResource.Debit of(Run run, DebitResource.Debit asked) {
        return new DebitResource.Debit(
                asked.credits(),
                asked.action(),
                asked.quantity(),
                asked.workspaceId() == null ? run.workspaceId() : asked.workspaceId(),
                asked.projectId() == null ? run.projectId() : asked.projectId(),
                asked.testId() == null ? run.testId() : asked.testId(),
                run.runId(),
                asked.onInsufficient());
    }
}
