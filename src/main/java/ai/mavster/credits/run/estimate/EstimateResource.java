package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What will this run cost? */
@Path("/v1/estimates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
@Blocking
public class EstimateResource {

    private final Estimates estimates;
    private final Ledger ledger;
    private final Caller caller;

    EstimateResource(Estimates estimates, Ledger ledger, Caller caller) {
        this.estimates = estimates;
        this.ledger = ledger;
        this.caller = caller;
    }

    /** A run that may be started. */
    @Schema(name = "EstimateRequest", minProperties = 1, examples = """
            {"account_id": "acct_7", "items": [{"action": "/responses", "quantity": 2}]}""")
    record Request(
            @Pattern(regexp = Identifier.PATTERN)
            @Schema(description = "Absent: of no account, by the rate card alone.", examples = "acct_7")
            @Nullable
            String accountId,

            @Size(min = 1, max = Item.MOST)
            @Schema(
                    description =
                            "What it will do, 1 to 1000 items; may be absent where the test has a history, and is what counts"
                                    + " where both are given.")
            @Nullable
            List<@NotNull @Valid Item> items,

            @Pattern(regexp = Identifier.PATTERN)
            @Schema(
                    description =
                            "Estimated by its last 100 runs on this account that ended as success or failed, of which there must be"
                                    + " at least 5; with what runs below them cost.")
            @Nullable
            String testId,

            @Pattern(regexp = Identifier.PATTERN)
            @Schema(description = "Of the runs of the test only those of this project.")
            @Nullable
            String projectId) {}

    /** What a run will cost. */
    @Schema(name = "Estimate")
    record Answer(
            @Schema(description = "The least by the rate card; by history, the least it has cost.")
            Credits min,

            @Schema(
                    description =
                            "By the rate card the middle of the range; by history the median (p50, nearest rank).")
            Credits expected,

            @Schema(
                    description =
                            "The most by the rate card; by history what nine of ten did not exceed (p90, nearest rank).")
            Credits max,

            @Schema(description = "history where it goes by history for everything in it that costs anything.")
            Forecast.Basis basis,

            @Schema(
                    description =
                            "How many runs that history has; of several items, the one with the fewest. 0 by the rate card.",
                    examples = "0")
            int samples,

            @Schema(description = "In the order of the request; none for a test.")
            List<ItemAnswer> items) {

        static Answer of(Forecast forecast) {
            return new Answer(
                    forecast.min(),
                    forecast.expected(),
                    forecast.max(),
                    Objects.requireNonNull(forecast.basis()),
                    forecast.samples(),
                    forecast.lines().stream().map(ItemAnswer::of).toList());
        }
    }

    /** What the items of one action will cost. */
    @Schema(name = "EstimatedItem")
    record ItemAnswer(
            String action,
            BigDecimal quantity,
            Credits min,
            Credits expected,
            Credits max,

            @Schema(
                    description =
                            "history where at least 5 runs on this account have used the action since its rate is in force: the last 100"
                                    + " of them, and what one unit cost in each, times the quantity.")
            Forecast.Basis basis,

            int samples) {

        static ItemAnswer of(Forecast.Line line) {
            return new ItemAnswer(
                    line.action(),
                    Objects.requireNonNull(Decimals.plain(line.quantity())),
                    line.min(),
                    line.expected(),
                    line.max(),
                    line.basis(),
                    line.samples());
        }
    }

    @POST
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Refuses(Refusal.Code.ACCOUNT_NOT_FOUND)
    @Operation(
            operationId = "estimate",
            summary = "Estimate a run",
            description =
                    "By items: each by what its action has cost on this account, or else by the rate card. Without items: by what the test"
                            + " has cost. Without an account: items, by the rate card. Writes and reserves nothing.")
    public Answer estimate(@NotNull @Valid Request request) throws SQLException {
        if (request.accountId == null) {
            return byCard(request);
        }
        caller.requireAccount(request.accountId);
        if (request.items != null) {
            return Answer.of(estimates.of(request.accountId, "items", request.items));
        }
        Outcome.await(ledger.read(request.accountId, AccountView::accountId));
        if (request.testId == null) {
            throw new InvalidInput("items", "must be given, unless there is a test_id");
        }
        return Answer.of(estimates.ofTest(request.accountId, request.projectId, request.testId));
    }

    private Answer byCard(Request request) throws SQLException {
        if (request.testId != null || request.projectId != null) {
            throw new InvalidInput("account_id", "must be given with test_id and project_id: they are an account's");
        }
        if (request.items == null) {
            throw new InvalidInput("items", "must be given, unless there are account_id and test_id");
        }
        return Answer.of(estimates.byCard("items", request.items));
    }
}
