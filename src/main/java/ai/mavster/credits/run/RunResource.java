package ai.mavster.credits.run;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.Answers;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.limits.LongPolls;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.run.record.Abandonment;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunAnswer;
import ai.mavster.credits.run.record.RunRepository;
import ai.mavster.credits.run.record.RunWithHold;
import ai.mavster.credits.waiting.Question;
import ai.mavster.credits.waiting.Waiters;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A run: its record and its end. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class RunResource {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Ledger ledger;
    private final Answers answers;
    private final RunRepository runs;
    private final LongReads reads;
    private final Abandonment abandonment;
    private final Waiters waiters;
    private final LongPolls polls;
    private final Caller caller;

    RunResource(
            Ledger ledger,
            Answers answers,
            RunRepository runs,
            LongReads reads,
            Abandonment abandonment,
            Waiters waiters,
            LongPolls polls,
            Caller caller) {
        this.ledger = ledger;
        this.answers = answers;
        this.runs = runs;
        this.reads = reads;
        this.abandonment = abandonment;
        this.waiters = waiters;
        this.polls = polls;
        this.caller = caller;
    }

    /** Whether a run does not wait for credits any more, be it that it never did. */
    private record Left(String accountId, String runId) implements Question<Boolean> {

        @Override
        public List<Command<?>> about() {
            return List.of(StartQueued.lookingAt(accountId));
        }

        @Override
        public boolean isMet(AccountView account) {
            return account.inBatch(RunsInBatch.class).queue().of(account).stream()
                    .map(Run::runId)
                    .noneMatch(runId::equals);
        }

        @Override
        public Boolean answer(AccountView account) {
            return isMet(account);
        }
    }

    /** How a run ended. */
    @Schema(name = "FinishRequest", examples = """
            {"status": "success"}""")
    record End(@NotNull EndStatus status) {}

    /** How a run may end. */
    @Schema(name = "RunEndStatus")
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
    @Path("/accounts/{account_id}/runs/{run_id}/finish")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Refuses({Refusal.Code.RUN_NOT_FOUND, Refusal.Code.RUN_NOT_RUNNING})
    @Operation(
            operationId = "finishRun",
            summary = "Finish a run",
            description =
                    "Releases what is left of the hold. Repeating it is harmless and needs no Idempotency-Key; another status than the"
                            + " one it ended with is a 409. A run that was `abandoned` meanwhile ends as this says after all.")
    @APIResponse(
            responseCode = "200",
            description = "The run with what it has cost.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunAnswer.class)))
    public CompletionStage<Response> finish(
            @PathParam("account_id") String accountId,
            @PathParam("run_id") @Pattern(regexp = Identifier.PATTERN) String runId,
            @NotNull @Valid End body) {
        return answers.ok(ledger.submit(new FinishRun(accountId, runId, body.status.status)), RunAnswer::of);
    }

    @GET
    @Path("/accounts/{account_id}/runs/{run_id}")
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Blocking
    @Refuses(Refusal.Code.RUN_NOT_FOUND)
    @Operation(
            operationId = "getRun",
            summary = "Get a run",
            description =
                    "With `wait` it is a long poll: while the run is `queued` it is answered once it is not, or when the time is over.")
    public Uni<RunAnswer> get(
            @PathParam("account_id") String accountId,
            @PathParam("run_id") @Pattern(regexp = Identifier.PATTERN) String runId,
            @Parameter(
                            description =
                                    "How long to wait for a queued run, an ISO 8601 duration from PT0S to PT60S; absent: not at all.",
                            schema = @Schema(type = SchemaType.STRING, pattern = "^PT([1-5]?[0-9]|60)S$"),
                            example = "PT0S")
                    @QueryParam("wait")
                    @Nullable
                    String wait,
            @Context UriInfo uri) {
        Duration atMost = Query.of(uri).duration("wait", LONGEST_WAIT);
        if (atMost == null || atMost.isZero()) {
            return Uni.createFrom().item(found(accountId, runId));
        }
        return Uni.createFrom()
                .completionStage(
                        polls.awaiting(waiters.await(accountId, new Left(accountId, runId), atMost, caller.name())))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(left -> found(accountId, runId));
    }

    private RunAnswer found(String accountId, String runId) {
        Instant now = Outcome.await(ledger.read(accountId, AccountView::asOf));
        Optional<RunWithHold> run = QuarkusTransaction.requiringNew().call(() -> runs.find(accountId, runId));
        return run.map(found -> RunAnswer.of(abandonment.asOf(now, found)))
                .orElseThrow(() -> new RefusalException(RunRefusals.notFound(runId)));
    }

    @GET
    @Path("/accounts/{account_id}/runs")
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Blocking
    @Operation(
            operationId = "listRuns",
            summary = "List an account's runs",
            description =
                    "By their start, newest first; also those that were not allowed to start. Of an account with many, a filter scans a"
                            + " part of them at a time: a page may then have fewer rows than `limit`, or none, and `next_cursor` leads on.")
    public Page<RunAnswer> list(
            @PathParam("account_id") String accountId,
            @Schema(implementation = Run.Status.class)
                    @Parameter(description = "Only runs that stand there.", example = "running")
                    @QueryParam("status")
                    @Nullable
                    String status,
            @QueryParam("project_id") @Nullable String projectId,
            @QueryParam("test_id") @Nullable String testId,
            @QueryParam("parent_run_id") @Nullable String parentRunId,
            @Parameter(description = "Only runs that started then or later.", example = "2026-11-01T00:00:00Z")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "Only runs that started before.", example = "2026-12-01T00:00:00Z")
                    @QueryParam("to")
                    @Nullable
                    String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context UriInfo uri) {
        Query query = Query.of(uri);
        RunRepository.Filter filter = new RunRepository.Filter(
                query.oneOf("status", Run.Status.class),
                query.matching("project_id", Identifier.PATTERN),
                query.matching("test_id", Identifier.PATTERN),
                query.matching("parent_run_id", Identifier.PATTERN),
                query.instant("from"),
                query.instant("to"),
                place(query.placeCursor(1)));
        int most = query.limit();
        Instant now = Outcome.await(ledger.read(accountId, AccountView::asOf));
        RunRepository.Part found = filter.isSearch()
                ? reads.answer(accountId, () -> part(accountId, now, filter, most))
                : part(accountId, now, filter, most);
        return Page.of(
                        found.runs(),
                        most,
                        one -> cursor(one.run().startedAt(), one.run().runId()),
                        found.searchedTo() == null
                                ? null
                                : cursor(
                                        found.searchedTo().startedAt(),
                                        found.searchedTo().runId()))
                .map(one -> RunAnswer.of(abandonment.asOf(now, one)));
    }

    private RunRepository.Part part(String accountId, Instant now, RunRepository.Filter filter, int most) {
        return QuarkusTransaction.requiringNew().call(() -> runs.list(accountId, now, filter, most + 1));
    }

    private static String cursor(Instant startedAt, String runId) {
        return Cursor.of(startedAt, List.of(runId));
    }

    private static RunRepository.@Nullable Place place(Cursor.@Nullable Place cursor) {
        return cursor == null
                ? null
                : new RunRepository.Place(cursor.time(), cursor.ids().get(0));
    }
}
