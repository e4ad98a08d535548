package ai.mavster.credits.run.record;

import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.run.record.RunListRepository.Place;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.Explode;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterStyle;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The runs of all accounts, for operators. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
@RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
@Blocking
public class RunListResource {

    private static final List<String> HEADER = List.of(
            "account_id",
            "run_id",
            "status",
            "reason",
            "workspace_id",
            "project_id",
            "test_id",
            "parent_run_id",
            "estimated",
            "spent",
            "nested_spent",
            "total_spent",
            "estimate_error",
            "started_at",
            "finished_at");

    private final RunListRepository runs;
    private final Ledger ledger;
    private final Abandonment abandonment;
    private final LongReads reads;
    private final CsvStreams streams;
    private final Caller caller;

    RunListResource(
            RunListRepository runs,
            Ledger ledger,
            Abandonment abandonment,
            LongReads reads,
            CsvStreams streams,
            Caller caller) {
        this.runs = runs;
        this.ledger = ledger;
        this.abandonment = abandonment;
        this.reads = reads;
        this.streams = streams;
        this.caller = caller;
    }

    @GET
    @Path("/runs")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listAllRuns",
            summary = "List runs",
            description =
                    "Of all accounts, by their start, the newest first. Of one account with many runs a part of them is scanned at a"
                            + " time: a page may then have fewer rows than `limit`, or none, and `next_cursor` leads on. With `Accept: text/csv`"
                            + " all that match are streamed.")
    public Page<RunAnswer> list(
            @Context UriInfo uri,
            @Schema(implementation = Run.Status[].class, minItems = 1)
                    @Parameter(
                            description = "Only runs that stand there, separated by commas.",
                            style = ParameterStyle.FORM,
                            explode = Explode.FALSE,
                            example = "[\"running\", \"hard_failure\"]")
                    @QueryParam("status")
                    @Nullable
                    String status,
            @QueryParam("account_id") @Nullable String accountId,
            @Parameter(description = "Only what started at this instant or later.") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "Only what started before this instant.") @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        RunSearch search = search(query);
        int rows = query.limit();
        Place start = RunSearch.start(query.placeCursor(2));
        return reads.answer(LongReads.ALL_ACCOUNTS, () -> search.page(start, rows))
                .map(RunAnswer::of);
    }

    private RunSearch search(Query query) {
        return new RunSearch(runs, ledger, abandonment, RunSearch.Filter.of(query));
    }

    @GET
    @Path("/runs")
    @Produces("text/csv")
    @Operation(hidden = true)
    @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv", example = """
                            account_id,run_id,status,reason,workspace_id,project_id,test_id,parent_run_id,estimated,spent,nested_spent,total_spent,\
                            estimate_error,started_at,finished_at\r
                            acct_7,run-1,success,,,checkout,guest-can-pay,,40,12.5,0,12.5,-0.6875,2026-11-21T18:39:00Z,2026-11-21T18:45:00Z\r
                            """))
    public Multi<byte[]> stream(@Context UriInfo uri) {
        caller.requireUnbound();
        return streams.of(
                LongReads.ALL_ACCOUNTS, HEADER, search(Query.of(uri)).lines(both -> cells(RunAnswer.of(both))));
    }

    private static Stream<@Nullable Object> cells(RunAnswer run) {
        return Stream.of(
                run.accountId(),
                run.runId(),
                run.status().id(),
                run.reason() == null ? null : run.reason().id(),
                run.workspaceId(),
                run.projectId(),
                run.testId(),
                run.parentRunId(),
                run.estimated(),
                run.spent(),
                run.nestedSpent(),
                run.totalSpent(),
                run.estimateError(),
                run.startedAt(),
                run.finishedAt());
    }
}
