package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.UuidV7;
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
import ai.mavster.credits.ledger.CanonicalForm;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.run.estimate.EstimateWish;
import ai.mavster.credits.run.estimate.Estimates;
import ai.mavster.credits.run.estimate.Forecast;
import ai.mavster.credits.run.estimate.HoldWish;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
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

    private static final Duration SHORTEST_HOLD = Duration.ofMinutes(1);
    private static final Duration LONGEST_HOLD = Duration.ofDays(7);

    private final Ledger ledger;
    private final Answers answers;
    private final RunDirectory directory;
    private final RunRows rows;
    private final Estimates estimates;
    private final Caller caller;
    private final Clock clock;

    RunResource(
            Ledger ledger,
            Answers answers,
            RunDirectory directory,
            RunRows rows,
            Estimates estimates,
            Caller caller,
            Clock clock) {
        this.ledger = ledger;
        this.answers = answers;
        this.directory = directory;
        this.rows = rows;
        this.estimates = estimates;
        this.caller = caller;
        this.clock = clock;
    }

    /** A run that is to start. */
    @Schema(name = "RunStart")
    record Start(
            @Pattern(regexp = Identifier.PATTERN)
            @Schema(description = "The caller's own; absent: one is made.", examples = "run-1")
            @Nullable
            String runId,

            @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "acct_7")
            String accountId,

            @Pattern(regexp = Identifier.PATTERN) @Nullable String workspaceId,

            @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "checkout") @Nullable
            String projectId,

            @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "guest-can-pay") @Nullable
            String testId,

            @Pattern(regexp = Identifier.PATTERN)
            @Schema(
                    description =
                            "The run that calls this one. What this one spends is told there too, and may draw on its hold.")
            @Nullable
            String parentRunId,

            @Schema(description = "What it is expected to cost. Absent: it is blocked only when nothing is available.")
            @Nullable
            EstimateWish estimate,

            @Schema(description = "What to set aside for it. Absent: nothing.") @Nullable
            HoldWish hold,

            @Schema(
                    description =
                            "How long the hold lasts: from a minute to 7 days, an hour if absent. An extension sets it anew.",
                    examples = "PT1H")
            @Nullable
            Duration holdExpiresIn) {}

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
    @Path("/runs")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Operation(
            operationId = "startRun",
            summary = "Start a run",
            description =
                    "Checks and sets aside in one step. On a 402 no step may be executed and nothing is charged; the run is recorded as"
                            + " `hard_failure`, and may be started again later.")
    @APIResponse(
            responseCode = "201",
            description = "Started.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunAnswer.class)))
    public Response start(@NotNull @Valid Start body, @Context HttpHeaders headers) throws SQLException {
        caller.requireAccount(body.accountId);
        String key = IdempotencyKey.of(headers);
        Duration holdFor = body.holdExpiresIn == null ? HOLD_FOR : body.holdExpiresIn;
        if (holdFor.compareTo(SHORTEST_HOLD) < 0 || holdFor.compareTo(LONGEST_HOLD) > 0) {
            throw Problems.invalidRequest("hold_expires_in", "must be from PT1M to P7D (PT168H)");
        }
        Forecast forecast = body.estimate == null ? null : estimates.of(body.accountId, body.estimate);
        StartRun command = new StartRun(
                body.accountId,
                key,
                body.runId == null ? "run_" + UuidV7.next(clock.instant()) : body.runId,
                body.workspaceId,
                body.projectId,
                body.testId,
                body.parentRunId,
                forecast == null ? null : forecast.expected(),
                forecast == null
                        ? List.of()
                        : forecast.byAction().entrySet().stream()
                                .map(cost -> new StartRun.ActionCost(cost.getKey(), cost.getValue()))
                                .toList(),
                hold(body, forecast),
                holdFor,
                asked(body));
        return told(Response.Status.CREATED, answers.await(ledger.submit(command)));
    }

    private @Nullable Credits hold(Start body, @Nullable Forecast forecast) throws SQLException {
        if (body.hold == null || !body.hold.wanted()) {
            return null;
        }
        return body.hold.isLeftOpen()
                ? estimates
                        .defaultHold(body.accountId, body.projectId, body.testId, forecast)
                        .orElseThrow(() -> Problems.invalidRequest(
                                "hold", "must be a number: there is no estimate and no finished run to go by"))
                : body.hold.credits();
    }

    /** What the caller said, for telling a repeat: what we make of an estimate or a hold may have changed meanwhile. */
    private static byte[] asked(Start body) {
        CanonicalForm form = new CanonicalForm()
                .add("start run")
                .add(body.runId)
                .add(body.workspaceId)
                .add(body.projectId)
                .add(body.testId)
                .add(body.parentRunId)
                .add(body.hold == null ? null : body.hold.toString())
                .add(body.holdExpiresIn == null ? null : body.holdExpiresIn.toString());
        if (body.estimate != null) {
            form.add(
                    body.estimate.credits() == null
                            ? null
                            : body.estimate.credits().toString());
            body.estimate.items().forEach(item -> form.add(item.action()).add(item.quantity()));
        }
        return form.sha256();
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
        return RunAnswer.of(run.asOf(clock.instant()));
    }

    /** As it was when it was told first, also where its hold has expired since. */
    private static Response told(Response.Status status, Told told) {
        Response.ResponseBuilder response = Response.status(status).entity(RunAnswer.of(told.run()));
        return (told.replayed() ? response.header(IdempotencyKey.REPLAYED_HEADER, "true") : response).build();
    }
}
