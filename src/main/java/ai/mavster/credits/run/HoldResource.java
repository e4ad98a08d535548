package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.IdempotencyKey;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Answers;
import ai.mavster.credits.ledger.Ledger;
import io.smallrye.common.annotation.Blocking;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is set aside for a run that is under way. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
@Blocking
public class HoldResource {

    private final Ledger ledger;
    private final Answers answers;
    private final RunDirectory directory;
    private final Caller caller;

    HoldResource(Ledger ledger, Answers answers, RunDirectory directory, Caller caller) {
        this.ledger = ledger;
        this.answers = answers;
        this.directory = directory;
        this.caller = caller;
    }

    /** More to set aside for a run. */
    @Schema(name = "HoldExtension")
    record Extension(
            @NotNull @PositiveAmount @Schema(examples = "20")
            Credits credits) {}

    @POST
    @Path("/runs/{run_id}/hold")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Operation(
            operationId = "extendHold",
            summary = "Extend a run's hold",
            description =
                    "Sets more credits aside, and all of the hold for as long again as it was first set. A run without a hold gets one,"
                            + " for an hour. A 402 leaves the hold as it is.")
    @APIResponse(
            responseCode = "200",
            description = "The run with its hold.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunAnswer.class)))
    public Response extend(
            @PathParam("run_id") String runId,
            @Schema(description = "Whose run it is; needed only where several accounts use that id.")
                    @QueryParam("account_id")
                    @Nullable
                    String accountId,
            @NotNull @Valid Extension body,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        String key = IdempotencyKey.of(headers);
        Run run = directory.find(uri, caller, runId);
        ExtendHold command = new ExtendHold(run.accountId(), key, run.runId(), body.credits, Hold.UNLESS_SAID);
        return answers.await(ledger.submit(command)).toResponse(Response.Status.OK);
    }
}
