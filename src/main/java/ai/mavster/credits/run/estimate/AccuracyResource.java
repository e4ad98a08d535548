package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.AccountView;
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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    private final AccuracyRepository rows;
    private final Ledger ledger;
    private final LongReads reads;

    AccuracyResource(AccuracyRepository rows, Ledger ledger, LongReads reads) {
        this.rows = rows;
        this.ledger = ledger;
        this.reads = reads;
    }

    @GET
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "getEstimateAccuracy",
            summary = "Compare estimates with what runs cost",
            description = "Of runs that had an estimate and ended as success or failed.")
    public EstimateAccuracy accuracy(
            @Context UriInfo uri,
            @PathParam("account_id") String accountId,
            @Schema(implementation = EstimateAccuracy.GroupBy.class)
                    @Parameter(description = "test (the default), project or action.", example = "test")
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
        EstimateAccuracy.GroupBy wanted = query.oneOf("group_by", EstimateAccuracy.GroupBy.class);
        Instant end = query.instant("to");
        Instant start = query.instant("from");
        int most = query.limit();
        Instant now = Outcome.await(ledger.read(accountId, AccountView::asOf));
        // What finished at this very instant counts: a test clock stands still.
        Instant until = end == null ? now.plus(1, ChronoUnit.MICROS) : end;
        return reads.answer(
                accountId,
                () -> rows.read(
                        accountId,
                        wanted == null ? EstimateAccuracy.GroupBy.TEST : wanted,
                        start == null ? until.minus(UNLESS_SAID) : start,
                        until,
                        most));
    }
}
