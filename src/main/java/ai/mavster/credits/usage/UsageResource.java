package ai.mavster.credits.usage;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.Ledger;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAcceptableException;
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
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.Explode;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterStyle;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What an account has used. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Usage")
@RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
@Blocking
public class UsageResource {

    /** Any of them asks for a range. */
    private static final Set<String> PARAMETERS = Set.of(
            "from",
            "to",
            "bucket",
            "time_zone",
            "group_by",
            "action",
            "project_id",
            "workspace_id",
            "test_id",
            "run_id",
            "sort",
            "limit",
            "cursor");

    /** How many entries are read to tell runs apart. */
    static final int ENTRIES_BY_RUN = 500_000;

    private final Ledger ledger;
    private final UsageRepository usage;
    private final PeriodUsage periods;
    private final LongReads reads;
    private final CsvStreams streams;

    UsageResource(Ledger ledger, UsageRepository usage, PeriodUsage periods, LongReads reads, CsvStreams streams) {
        this.ledger = ledger;
        this.usage = usage;
        this.periods = periods;
        this.reads = reads;
        this.streams = streams;
    }

    /** The usage of a range. */
    @Schema(name = "UsageReport")
    record Report(
            String accountId,

            @Schema(description = "Where the range that was added up starts.")
            Instant from,

            @Schema(description = "Where it ends: with the current quarter-hour at the latest.")
            Instant to,

            @Schema(description = "Whose days, months and hours the rows are.", examples = "Europe/Berlin")
            String timeZone,

            Bucket bucket,
            List<Dimension> groupBy,
            List<UsageRow> data,

            @Schema(description = "Whether there are more rows.")
            boolean hasMore,

            @Schema(description = "Send it as cursor, with from and to as returned here, to get the next page.")
            @Nullable
            String nextCursor,

            @Schema(description = "Of the whole range, not only of this page.")
            UsageTotals totals)
            implements Usage {}

    @GET
    @Path("/accounts/{account_id}/usage")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getUsage",
            summary = "Get an account's usage",
            description =
                    "Without parameters: the current billing period, or the last 30 days where there is none. With any: what was spent"
                            + " between `from` and `to` (default: the last 30 days), in rows of a day or as `bucket` says (`hour`, `day`,"
                            + " `month`, `billing_period`, or `none` for all of the range), grouped by what `group_by` names (any of"
                            + " `action`, `project`, `workspace`, `test`, `run`, separated by commas). Days and months are those of the"
                            + " account's time zone as it is now, or of `time_zone`; billing periods are counted from the subscription's anchor as"
                            + " it is now, and are months without one. Newest first, or with `sort=credits` what took the most. A range spans at"
                            + " most 31 days by the hour and 400 otherwise; by run, as many as have 500000 entries. With"
                            + " `Accept: text/csv` all rows of the range are streamed, newest first.")
    @APIResponse(
            responseCode = "200",
            description = "The usage.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Usage.class)))
    public Response get(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Schema(implementation = Bucket.class)
                    @Parameter(description = "How long one row is; a day if absent.", example = "day")
                    @QueryParam("bucket")
                    @Nullable
                    String bucket,
            @Parameter(
                            description = "Whose days, months and hours the rows are; the account's if absent.",
                            example = "UTC")
                    @QueryParam("time_zone")
                    @Nullable
                    String timeZone,
            @Schema(implementation = Dimension[].class, minItems = 1)
                    @Parameter(
                            description = "What rows are grouped by, separated by commas; nothing if absent.",
                            style = ParameterStyle.FORM,
                            explode = Explode.FALSE,
                            example = "[\"action\", \"test\"]")
                    @QueryParam("group_by")
                    @Nullable
                    String groupBy,
            @QueryParam("action") @Nullable String action,
            @QueryParam("project_id") @Nullable String projectId,
            @QueryParam("workspace_id") @Nullable String workspaceId,
            @QueryParam("test_id") @Nullable String testId,
            @QueryParam("run_id") @Nullable String runId,
            @Schema(implementation = Sort.class)
                    @Parameter(description = "What comes first; the newest if absent.", example = "credits")
                    @QueryParam("sort")
                    @Nullable
                    String sort,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        if (headers.getAcceptableMediaTypes().stream().noneMatch(MediaType.APPLICATION_JSON_TYPE::isCompatible)) {
            throw new NotAcceptableException();
        }
        if (Collections.disjoint(uri.getQueryParameters().keySet(), PARAMETERS)) {
            UsageAccount account = account(accountId);
            return Response.ok(reads.answer(accountId, () -> periods.of(account)))
                    .build();
        }
        return Response.ok(report(accountId, Query.of(uri))).build();
    }

    private Report report(String accountId, Query parameters) throws SQLException {
        UsageQuery query = UsageQuery.of(account(accountId), parameters);
        int limit = parameters.limit();
        Cursor.Place after = parameters.placeCursor(UsageRepository.idsOfCursor(query.sort()));
        UsageRepository.Answer found = reads.answer(accountId, () -> {
            requireFewEntries(query);
            return usage.page(query, after, limit + 1);
        });
        Page<UsageRow> page =
                Page.of(found.lines(), limit, line -> line.cursor(query.sort())).map(line -> UsageRow.of(line, query));
        return new Report(
                accountId,
                query.from(),
                query.to(),
                query.zoneName(),
                query.bucket(),
                query.groupBy(),
                page.data(),
                page.hasMore(),
                page.nextCursor(),
                UsageTotals.of(found.totals(), query.isByRun()));
    }

    /** Rows are grouped by run by reading all that was spent: not at any number of entries. */
    private void requireFewEntries(UsageQuery query) throws SQLException {
        if (query.isByRun() && usage.entries(query) > ENTRIES_BY_RUN) {
            throw new InvalidInput(
                    "from",
                    "must lie at most %d entries before to where rows are grouped by run".formatted(ENTRIES_BY_RUN));
        }
    }

    @GET
    @Path("/accounts/{account_id}/usage")
    @Produces("text/csv")
    @Operation(hidden = true)
    @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv", example = """
                            start,end,action,credits,debits,quantity,reversed,outliers\r
                            2026-11-21T00:00:00Z,2026-11-22T00:00:00Z,visual-assert,12.5,1,1,0,0\r
                            """))
    public Multi<byte[]> stream(@PathParam("account_id") String accountId, @Context UriInfo uri) throws SQLException {
        UsageQuery query = UsageQuery.of(account(accountId), Query.of(uri));
        if (query.sort() != Sort.NEWEST) {
            throw new InvalidInput("sort", "must be newest, or absent, for CSV");
        }
        requireFewEntries(query);
        return streams.of(accountId, UsagePages.header(query), new UsagePages(usage, query));
    }

    private UsageAccount account(String accountId) {
        return Outcome.await(ledger.read(accountId, UsageAccount::of));
    }
}
