package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Answers;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Ledger;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How well were runs estimated? */
@Path("/v1/accounts/{account_id}/estimate-accuracy")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
@Blocking
public class AccuracyResource {

    private static final Duration UNLESS_SAID = Duration.ofDays(90);

    private final AccuracyRows rows;
    private final Ledger ledger;
    private final Answers answers;

    AccuracyResource(AccuracyRows rows, Ledger ledger, Answers answers) {
        this.rows = rows;
        this.ledger = ledger;
        this.answers = answers;
    }

    /** What the runs are told apart by. */
    @Schema(name = "EstimateAccuracyGroupBy")
    enum GroupBy {
        TEST,
        PROJECT,
        ACTION
    }

    /** Estimates against what it came to. */
    @Schema(name = "EstimateAccuracyRow")
    record Row(
            @Schema(description = "Null where grouped by something else, in the total, and for runs of none.") @Nullable
            String testId,

            @Nullable String projectId,
            @Nullable String action,

            @Schema(description = "How many were estimated and came to an end as success or failed.")
            long runs,

            Credits estimated,

            @Schema(
                    description =
                            "What they cost, with what the runs below them spent; of an action, what its debits within the run itself"
                                    + " came to.")
            Credits actual,

            @Schema(
                    description =
                            "(actual - estimated) / estimated, of the sums: 0.1 is a tenth more than estimated. Null where 0 was"
                                    + " estimated. All ratios are rounded to six decimals.",
                    examples = "0.1")
            @Nullable
            BigDecimal bias,

            @Schema(
                    description =
                            "The mean of |actual - estimated| / actual, without those that cost nothing. Null where all cost nothing.",
                    examples = "0.2")
            @Nullable
            BigDecimal mape,

            @Schema(
                    description =
                            "The median of actual / estimated by nearest rank, without those estimated at 0. Null where all were.",
                    examples = "1.05")
            @Nullable
            BigDecimal p50Ratio,

            @Schema(
                    description =
                            "What nine of ten did not exceed, likewise: an estimate times this is a hold that is rarely too small.",
                    examples = "1.3")
            @Nullable
            BigDecimal p90Ratio) {}

    /** How well the runs of an account were estimated. */
    @Schema(name = "EstimateAccuracy")
    record Answer(
            GroupBy groupBy,
            Instant from,
            Instant to,

            @Schema(
                    description =
                            "All together. A run that another one called counts by itself and as a part of that one.")
            Row total,

            @Schema(description = "The one that cost the most first.")
            List<Row> data,

            @Schema(description = "Whether there are more rows than the limit.")
            boolean hasMore) {}

    @GET
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "getEstimateAccuracy",
            summary = "Compare estimates with what runs cost",
            description = "Of runs that had an estimate and ended as success or failed.")
    public Answer accuracy(
            @Context UriInfo uri,
            @PathParam("account_id") String accountId,
            @Schema(implementation = GroupBy.class)
                    @Parameter(description = "test (the default), project or action.")
                    @QueryParam("group_by")
                    @Nullable
                    String groupBy,
            @Parameter(description = "Only runs that finished at this instant or later; absent: 90 days before `to`.")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "Only runs that finished before this instant; absent: now.")
                    @QueryParam("to")
                    @Nullable
                    String to,
            @QueryParam("limit") @Nullable String limit)
            throws SQLException {
        Query query = Query.of(uri);
        GroupBy wanted = query.oneOf("group_by", GroupBy.class);
        Instant end = query.instant("to");
        Instant start = query.instant("from");
        int most = query.limit();
        Instant now = answers.await(ledger.look(accountId, Books::asOf));
        // What finished at this very instant counts: a test clock stands still.
        Instant until = end == null ? now.plus(1, ChronoUnit.MICROS) : end;
        return rows.read(
                accountId,
                wanted == null ? GroupBy.TEST : wanted,
                start == null ? until.minus(UNLESS_SAID) : start,
                until,
                most);
    }
}
