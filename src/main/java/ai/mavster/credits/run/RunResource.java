package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.IdempotencyKey;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Answers;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Ledger;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A run under way: its hold, its end, and its record. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
@Blocking
public class RunResource {

    /** How long a hold lasts unless its run says otherwise. */
    static final Duration HOLD_FOR = Duration.ofHours(1);

    private final Ledger ledger;
    private final Answers answers;
    private final RunDirectory directory;
    private final RunRows rows;
    private final Caller caller;
    private final Clock clock;

    RunResource(Ledger ledger, Answers answers, RunDirectory directory, RunRows rows, Caller caller, Clock clock) {
        this.ledger = ledger;
        this.answers = answers;
        this.directory = directory;
        this.rows = rows;
        this.caller = caller;
        this.clock = clock;
    }

    /** More to set aside for a run. */
    @Schema(name = "HoldExtension")
    record Extension(
            @NotNull @PositiveAmount @Schema(examples = "20")
            Credits credits) {}

    /** How a run ended. */
    @Schema(name = "RunEnd")
    record End(@NotNull EndStatus status) {}

    /** How a run may end. */
    enum EndStatus {
        SUCCESS(Run.Status.SUCCESS),
        FAILED(Run.Status.FAILED),
        CANCELED(Run.Status.CANCELED);

        private final Run.Status status;

        EndStatus(Run.Status status) {
            this.status = status;
        }
    }

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
        Run run = find(runId, uri);
        Told told =
                answers.await(ledger.submit(new ExtendHold(run.accountId(), key, run.runId(), body.credits, HOLD_FOR)));
        return told(Response.Status.OK, told);
    }

    @POST
    @Path("/runs/{run_id}/finish")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Operation(
            operationId = "finishRun",
            summary = "Finish a run",
            description =
                    "Releases what is left of the hold. Repeating it is harmless and needs no Idempotency-Key; another status than the"
                            + " one it ended with is a 409.")
    @APIResponse(
            responseCode = "200",
            description = "The run with what it has cost.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunAnswer.class)))
    public RunAnswer finish(
            @PathParam("run_id") String runId,
            @Schema(description = "Whose run it is; needed only where several accounts use that id.")
                    @QueryParam("account_id")
                    @Nullable
                    String accountId,
            @NotNull @Valid End body,
            @Context UriInfo uri) {
        Run run = find(runId, uri);
        return answer(answers.await(ledger.submit(new FinishRun(run.accountId(), run.runId(), body.status.status))));
    }

    @GET
    @Path("/runs/{run_id}")
    @RolesAllowed({Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Operation(operationId = "getRun", summary = "Get a run")
    public RunAnswer get(
            @PathParam("run_id") String runId,
            @Schema(description = "Whose run it is; needed only where several accounts use that id.")
                    @QueryParam("account_id")
                    @Nullable
                    String accountId,
            @Context UriInfo uri) {
        return answer(find(runId, uri));
    }

    @GET
    @Path("/accounts/{account_id}/runs")
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "listRuns",
            summary = "List an account's runs",
            description = "By their start, newest first; also those that were not allowed to start.")
    public Page<RunAnswer> list(
            @PathParam("account_id") String accountId,
            @QueryParam("status") @Nullable String status,
            @QueryParam("project_id") @Nullable String projectId,
            @QueryParam("test_id") @Nullable String testId,
            @QueryParam("parent_run_id") @Nullable String parentRunId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context UriInfo uri) {
        Query query = Query.of(uri);
        RunRows.Filter filter = new RunRows.Filter(
                query.oneOf("status", Run.Status.class),
                query.matching("project_id", Identifier.PATTERN),
                query.matching("test_id", Identifier.PATTERN),
                query.matching("parent_run_id", Identifier.PATTERN),
                place(query.textCursor()));
        int most = query.limit();
        answers.await(ledger.look(accountId, Books::account));
        return Page.of(
                        rows.list(accountId, filter, most + 1),
                        most,
                        run -> Cursor.of(run.startedAt() + " " + run.runId()))
                .map(this::answer);
    }

    private static RunRows.@Nullable Place place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        int space = cursor.indexOf(' ');
        try {
            return new RunRows.Place(
                    Instant.parse(cursor.substring(0, Math.max(space, 0))), cursor.substring(space + 1));
        } catch (DateTimeParseException notOurs) {
            throw Problems.invalidRequest("cursor", "must be the next_cursor of an earlier page");
        }
    }

    private Run find(String runId, UriInfo uri) {
        String accountId = Query.of(uri).matching("account_id", Identifier.PATTERN);
        return directory.find(RunDirectory.account(accountId, caller), runId);
    }

    private RunAnswer answer(Run run) {
        return RunAnswer.of(run, clock.instant());
    }

    private Response told(Response.Status status, Told told) {
        Response.ResponseBuilder response = Response.status(status).entity(answer(told.run()));
        return (told.replayed() ? response.header(IdempotencyKey.REPLAYED_HEADER, "true") : response).build();
    }
}
