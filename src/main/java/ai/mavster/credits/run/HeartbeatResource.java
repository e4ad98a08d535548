package ai.mavster.credits.run;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Answers;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.run.record.RunAnswer;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
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

/** A run that has nothing to debit for a while, and lives. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class HeartbeatResource {

    private final Ledger ledger;
    private final Answers answers;

    HeartbeatResource(Ledger ledger, Answers answers) {
        this.ledger = ledger;
        this.answers = answers;
    }

    @POST
    @Path("/accounts/{account_id}/runs/{run_id}/heartbeat")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Refuses({Refusal.Code.RUN_NOT_FOUND, Refusal.Code.RUN_NOT_RUNNING})
    @Operation(
            operationId = "beatRun",
            summary = "Say that a run lives",
            description =
                    "For a run that debits nothing for long: one without a debit, an extension or a heartbeat for a day (unless the"
                            + " service is configured otherwise), and without a hold that lasts longer, is `abandoned`. Its hold is not"
                            + " prolonged. No body, no Idempotency-Key.")
    @APIResponse(
            responseCode = "200",
            description = "The run.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunAnswer.class)))
    public CompletionStage<Response> beat(
            @PathParam("account_id") String accountId,
            @PathParam("run_id") @Pattern(regexp = Identifier.PATTERN) String runId) {
        return answers.ok(ledger.submit(new Heartbeat(accountId, runId)), RunAnswer::of);
    }
}
