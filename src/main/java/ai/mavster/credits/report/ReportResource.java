package ai.mavster.credits.report;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.posting.GrantKind;
import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.Explode;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterStyle;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What became of the credits of all accounts. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
@RolesAllowed(Scopes.ADMIN)
@Blocking
public class ReportResource {

    /** What its cursors begin with, so that those of other lists are refused. */
    private static final String REPORTED = "reported ";

    private final ReportRepository rows;
    private final LongReads reads;
    private final CsvStreams streams;
    private final Caller caller;
    private final Clock clock;

    ReportResource(ReportRepository rows, LongReads reads, CsvStreams streams, Caller caller, Clock clock) {
        this.rows = rows;
        this.reads = reads;
        this.streams = streams;
        this.caller = caller;
        this.clock = clock;
    }

    /** What became of the credits of some grants. What was not asked for is left out. */
    @Schema(
            name = "CreditReportRow",
            description =
                    "opening + granted + bought - used - expired - voided + reversed - clawed_back - settled + reinstated ="
                            + " closing, always.",
            examples = """
            {"kind": "monthly", "opening": 3000, "granted": 512.5, "bought": 0, "used": 2987.5, "expired": 0,\
             "voided": 0, "reversed": 12.5, "clawed_back": 0, "settled": 0, "reinstated": 0, "closing": 537.5,\
             "paid": []}""")
    record Row(
            @Schema(description = "Only with group_by=account.") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Optional<String> accountId,

            @Schema(implementation = GrantKind.class, description = "Of the grants. Only with group_by=kind.")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Optional<String> kind,

            @Schema(
                    description =
                            "Only with group_by=plan: what the grants were given under; null: no plan, or a canceled one.")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Optional<String> plan,

            @Schema(description = "Only with group_by=currency: of what was paid; null: nobody said.")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Optional<String> currency,

            @Schema(description = "What was left when the range began.")
            BigDecimal opening,

            @Schema(description = "Monthly and promotional grants, and adjustments upwards.")
            BigDecimal granted,

            @Schema(description = "Top-ups.") BigDecimal bought,

            @Schema(description = "What debits took.") BigDecimal used,

            BigDecimal expired,

            @Schema(description = "What was taken back: voids, and adjustments downwards.")
            BigDecimal voided,

            @Schema(description = "What was given back of debits.")
            BigDecimal reversed,

            @Schema(description = "What clawbacks took of grants whose payment was given back or disputed.")
            BigDecimal clawedBack,

            @Schema(description = "What was taken of incoming credits to settle what was owed.")
            BigDecimal settled,

            @Schema(description = "What was given back of what had been clawed back.")
            BigDecimal reinstated,

            @Schema(description = "What was left when the range ended.")
            BigDecimal closing,

            @Schema(description = "The money that was paid for these credits, by currency, as far as known.")
            List<PaidFigures.Rounded> paid) {

        static Row of(ReportQuery query, Group group, Figures figures) {
            return new Row(
                    cell(query, Grouping.ACCOUNT, group.accountId()),
                    cell(query, Grouping.KIND, group.kind()),
                    cell(query, Grouping.PLAN, group.plan()),
                    cell(query, Grouping.CURRENCY, group.currency()),
                    figures.opening(),
                    figures.of(Flow.GRANTED),
                    figures.of(Flow.BOUGHT),
                    figures.of(Flow.USED),
                    figures.of(Flow.EXPIRED),
                    figures.of(Flow.VOIDED),
                    figures.of(Flow.REVERSED),
                    figures.of(Flow.CLAWED_BACK),
                    figures.of(Flow.SETTLED),
                    figures.of(Flow.REINSTATED),
                    figures.closing(),
                    figures.paid().entrySet().stream()
                            .map(paid -> paid.getValue().rounded(paid.getKey()))
                            .toList());
        }

        private static @Nullable Optional<String> cell(ReportQuery query, Grouping grouping, @Nullable String value) {
            return query.isBy(grouping) ? Optional.ofNullable(value) : null;
        }
    }

    /** What became of credits within a range. */
    @Schema(name = "CreditReport")
    record Report(
            Instant from,

            @Schema(description = "Where the range ends: now at the latest.")
            Instant to,

            List<Grouping> groupBy,
            List<Row> data,

            @Schema(description = "Whether there are more rows; only with group_by=account.")
            boolean hasMore,

            @Schema(description = "Send it as cursor, with from and to as returned here, to get the next page.")
            @Nullable
            String nextCursor) {}

    @GET
    @Path("/reports/credits")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "reportCredits",
            summary = "Report what became of credits",
            description =
                    "Of all accounts but those on test clocks, by when it was posted: from `from`, itself included, to before `to`, in UTC."
                            + " Without either: the last month that is over. Grouped by what `group_by` names (any of `account`, `currency`, `kind`,"
                            + " `plan`, separated by commas), all of it as it was when the credits were given; by `kind` if absent. With"
                            + " `account` a page covers `limit` accounts, in the order of their ids, and leaves out those of which there is"
                            + " nothing to tell; otherwise all rows are on one page. It takes time in proportion to what was posted since"
                            + " `from`. With `Accept: text/csv` all rows are streamed.")
    public Report credits(
            @Context UriInfo uri,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Schema(implementation = Grouping[].class, minItems = 1)
                    @Parameter(
                            description = "What rows are grouped by, separated by commas; `kind` if absent.",
                            style = ParameterStyle.FORM,
                            explode = Explode.FALSE,
                            example = "[\"kind\", \"plan\"]")
                    @QueryParam("group_by")
                    @Nullable
                    String groupBy,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        caller.requireUnbound();
        Query parameters = Query.of(uri);
        ReportQuery query = ReportQuery.of(parameters, clock.instant());
        int accounts = parameters.limit();
        String after = after(parameters.textCursor());
        boolean byAccount = query.isBy(Grouping.ACCOUNT);
        if (!byAccount && !after.isEmpty()) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        ReportWalk walk = byAccount
                ? new ReportWalk(rows, query, after, accounts)
                : new ReportWalk(rows, query, "", ReportPages.ACCOUNTS);
        List<Row> data = reads.longAnswer(LongReads.ALL_ACCOUNTS, wanted -> {
            do {
                wanted.checkNow();
                walk.step();
            } while (byAccount ? !walk.isBetweenAccounts() : walk.mayHaveMore());
            return walk.take().stream()
                    .map(group -> Row.of(query, group.getKey(), group.getValue()))
                    .toList();
        });
        boolean more = walk.mayHaveMore();
        return new Report(
                query.from(),
                query.to(),
                query.groupBy(),
                data,
                more,
                more ? Cursor.of(REPORTED + walk.lastAccount()) : null);
    }

    private static String after(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        if (!cursor.startsWith(REPORTED)) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return cursor.substring(REPORTED.length());
    }

    @GET
    @Path("/reports/credits")
    @Produces("text/csv")
    @Operation(hidden = true)
    @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv", example = """
                            kind,opening,granted,bought,used,expired,voided,reversed,clawed_back,settled,reinstated,closing\r
                            monthly,3000,512.5,0,2987.5,0,0,12.5,0,0,0,537.5\r
                            """))
    public Multi<byte[]> stream(@Context UriInfo uri) {
        caller.requireUnbound();
        ReportQuery query = ReportQuery.of(Query.of(uri), clock.instant());
        return streams.of(LongReads.ALL_ACCOUNTS, ReportPages.header(query), new ReportPages(rows, query));
    }
}
