package ai.mavster.credits.usage;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
            "from", "to", "bucket", "group_by", "action", "project_id", "workspace_id", "test_id", "limit", "cursor");

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

    /**
     * One group within one bucket. A dimension that was not asked for is left out; one that debits did not name is
     * null.
     */
    @Schema(name = "UsageRow")
    record Row(
            @Schema(description = "Of the bucket, or of the range where that starts within it.")
            Instant start,

            Instant end,

            @Schema(description = "Only with group_by=action; null: of debits that named none.")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Optional<String> action,

            @Schema(description = "Only with group_by=project.") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Optional<String> projectId,

            @Schema(description = "Only with group_by=workspace.") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Optional<String> workspaceId,

            @Schema(description = "Only with group_by=test.") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Optional<String> testId,

            @Schema(
                    description =
                            "What debits took less what was given back. A reversal counts in the hour in which it is posted, so this may be"
                                    + " negative.")
            Credits credits,

            @Schema(description = "How many debits, free ones too.")
            long debits,

            @Schema(description = "The sum of the debits' quantities; a debit without one counts as 1.")
            BigDecimal quantity,

            @Schema(description = "What was given back, already taken off credits.")
            Credits reversed,

            @Schema(description = "How many debits asked for an amount outside of what the rate card says.")
            long outliers) {

        static Row of(UsageRepository.Line line, UsageQuery query) {
            Instant end = query.bucket().end(line.start());
            return new Row(
                    line.start().isBefore(query.from()) ? query.from() : line.start(),
                    end.isAfter(query.to()) ? query.to() : end,
                    dimension(line, query, Dimension.ACTION),
                    dimension(line, query, Dimension.PROJECT),
                    dimension(line, query, Dimension.WORKSPACE),
                    dimension(line, query, Dimension.TEST),
                    line.figures().credits(),
                    line.figures().debits(),
                    UsageTotals.plain(line.figures().quantity()),
                    line.figures().reversed(),
                    line.figures().outliers());
        }

        private static @Nullable Optional<String> dimension(
                UsageRepository.Line line, UsageQuery query, Dimension dimension) {
            return query.groupBy().contains(dimension)
                    ? Optional.of(line.dimension(dimension)).filter(id -> !id.isEmpty())
                    : null;
        }
    }

    /** The usage of a range. */
    @Schema(name = "UsageReport")
    record Report(
            String accountId,

            @Schema(description = "Where the range that was added up starts: rounded down to the hour.")
            Instant from,

            @Schema(
                    description =
                            "Where it ends: rounded up to the hour, and the end of the current one at the latest.")
            Instant to,

            Bucket bucket,
            List<Dimension> groupBy,
            List<Row> data,

            @Schema(description = "Whether there are more rows.")
            boolean hasMore,

            @Schema(description = "Send it as cursor, with from and to as told here, to get the next page.") @Nullable
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
                            + " between `from` and `to` (default: the last 30 days), in buckets of a day or as `bucket` says (`hour`, `day`,"
                            + " `month`; UTC), told apart by what `group_by` names (any of `action`, `project`, `workspace`, `test`, separated"
                            + " by commas). Newest first. The range is rounded outward to whole hours, and spans at most 31 days by the hour"
                            + " and 400 otherwise. With `Accept: text/csv` all rows of the range are streamed.")
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
                    @Parameter(description = "How long one row is, in UTC; a day if absent.", example = "day")
                    @QueryParam("bucket")
                    @Nullable
                    String bucket,
            @Schema(implementation = Dimension[].class, minItems = 1)
                    @Parameter(
                            description = "What rows are told apart by, separated by commas; nothing if absent.",
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
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        if (headers.getAcceptableMediaTypes().stream().noneMatch(MediaType.APPLICATION_JSON_TYPE::isCompatible)) {
            throw new NotAcceptableException();
        }
        if (Collections.disjoint(uri.getQueryParameters().keySet(), PARAMETERS)) {
            PeriodUsage.Account account = Outcome.await(ledger.read(accountId, PeriodUsage.Account::of));
            return Response.ok(reads.answer(accountId, () -> periods.of(account)))
                    .build();
        }
        return Response.ok(report(accountId, Query.of(uri))).build();
    }

    private Report report(String accountId, Query parameters) throws SQLException {
        UsageQuery query = UsageQuery.of(accountId, parameters, now(accountId));
        int limit = parameters.limit();
        Cursor.Place after = parameters.placeCursor(Dimension.values().length);
        UsageRepository.Answer found = reads.answer(accountId, () -> usage.page(query, after, limit + 1));
        Page<Row> page =
                Page.of(found.lines(), limit, UsageRepository.Line::cursor).map(line -> Row.of(line, query));
        return new Report(
                accountId,
                query.from(),
                query.to(),
                query.bucket(),
                query.groupBy(),
                page.data(),
                page.hasMore(),
                page.nextCursor(),
                UsageTotals.of(found.totals()));
    }

    @GET
    @Path("/accounts/{account_id}/usage")
    @Produces("text/csv")
    @Operation(hidden = true)
    @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv", example = """
                            start,end,action,credits,debits,quantity,reversed,outliers\r
                            2026-11-21T00:00:00Z,2026-11-22T00:00:00Z,visual-assert,12.5,1,1,0,0\r
                            """))
    public Multi<byte[]> stream(@PathParam("account_id") String accountId, @Context UriInfo uri) {
        UsageQuery query = UsageQuery.of(accountId, Query.of(uri), now(accountId));
        return streams.of(accountId, UsagePages.header(query), new UsagePages(usage, query));
    }

    private Instant now(String accountId) {
        return Outcome.await(ledger.read(accountId, AccountView::asOf));
    }
}
