package ai.mavster.credits.run;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A run: its record and its end. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
@Blocking
public class RunResource {

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
        Run run = directory.find(uri, caller, runId);
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
        return answer(directory.find(uri, caller, runId));
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
        Instant now = answers.await(ledger.look(accountId, Books::asOf));
        return Page.of(
                        rows.list(accountId, filter, most + 1),
                        most,
                        run -> Cursor.of(run.startedAt() + " " + run.runId()))
                .map(run -> RunAnswer.of(run.asOf(now)));
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

    /** Of an open hold that seems to have expired the account knows: its test clock may say otherwise. */
    private RunAnswer answer(Run run) {
        Instant now = clock.instant();
        Hold hold = run.hold();
        boolean mayHaveExpired = hold != null && hold.isOpen() && hold.isExpired(now);
        return RunAnswer.of(run.asOf(mayHaveExpired ? answers.await(ledger.look(run.accountId(), Books::asOf)) : now));
    }
}
