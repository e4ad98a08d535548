package ai.mavster.credits.run.preflight;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.lane.LedgerMetrics;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.run.StartCheck;
import ai.mavster.credits.run.estimate.Estimates;
import ai.mavster.credits.run.estimate.Item;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** May this run start? */
@Path("/v1/preflights")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class PreflightResource {

    private final Ledger ledger;
    private final LedgerMetrics metrics;
    private final Problems problems;
    private final Caller caller;
    private final Estimates estimates;
    private final ManagedExecutor workers;

    PreflightResource(
            Ledger ledger,
            LedgerMetrics metrics,
            Problems problems,
            Caller caller,
            Estimates estimates,
            ManagedExecutor workers) {
        this.metrics = metrics;
        this.ledger = ledger;
        this.problems = problems;
        this.caller = caller;
        this.estimates = estimates;
        this.workers = workers;
    }

    /** A run that is about to start. */
    @Schema(name = "PreflightRequest", examples = """
            {"account_id": "acct_7", "credits": 40, "project_id": "checkout"}""")
    record Request(
            @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "acct_7")
            String accountId,

            @PositiveAmount
            @Schema(
                    description =
                            "What the run is expected to cost. Without it, items and a test with a history: it is blocked only when nothing is"
                                    + " available.",
                    examples = "40")
            @Nullable
            Credits credits,

            @Size(min = 1, max = Item.MOST)
            @Schema(
                    description =
                            "What it will do, 1 to 1000 items, instead of credits: what POST /v1/estimates expects of them is required.")
            @Nullable
            List<@NotNull @Valid Item> items,

            @Pattern(regexp = Identifier.PATTERN) @Nullable String workspaceId,
            @Pattern(regexp = Identifier.PATTERN) @Nullable String projectId,

            @Pattern(regexp = Identifier.PATTERN)
            @Schema(
                    description =
                            "Without credits and items: what POST /v1/estimates expects of the test (and project) by its history is required,"
                                    + " if it has one.")
            @Nullable
            String testId,

            @Pattern(regexp = Identifier.PATTERN)
            @Schema(
                    description =
                            "The run that calls this one: what its hold, and those of the runs above it, have left counts.")
            @Nullable
            String parentRunId) {

        private StartCheck check(@Nullable Credits required) {
            return new StartCheck(
                    accountId, parentRunId, required, new Purpose(null, null, workspaceId, projectId, testId, null));
        }
    }

    /** Whether the run may start. */
    @Schema(name = "PreflightOutcome")
    enum Result {
        ALLOWED,
        ACCOUNT_CLOSED,
        SUBSCRIPTION_REQUIRED,
        INSUFFICIENT_CREDITS,
        BUDGET_EXCEEDED
    }

    /** The answer to a preflight. */
    @Schema(name = "PreflightAnswer", examples = """
            {"outcome": "allowed", "required": 40, "available": 3000, "owed": 0, "problem": null}""")
    record Answer(
            Result outcome,

            @Schema(description = "What was asked about; null without an estimate.") @Nullable
            Credits required,

            @Schema(description = "The account's balance less what is held by others than the runs above.")
            Credits available,

            @Schema(description = "What the next credits settle first.")
            Credits owed,

            @Schema(description = "The body of the problem that a debit would get now, or null.") @Nullable
            Problem problem) {}

    @POST
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Refuses({
        Refusal.Code.ACCOUNT_NOT_FOUND,
        Refusal.Code.RUN_NOT_FOUND,
        Refusal.Code.RUN_NOT_RUNNING,
        Refusal.Code.RUN_NESTED_TOO_DEEP
    })
    @Operation(
            operationId = "preflight",
            summary = "Ask before a run",
            description =
                    "Always 200, unless there is no such account or no such run to be called by; the outcome says whether the run may start."
                            + " Writes and reserves nothing.")
    public CompletionStage<Answer> preflight(@NotNull @Valid Request request) {
        caller.requireAccount(request.accountId);
        if (request.items != null && request.credits != null) {
            throw new InvalidInput("items", "must not be sent together with credits");
        }
        return required(request).thenCompose(required -> answer(request.check(required.orElse(null))));
    }

    /** Empty: nobody says. */
    private CompletionStage<Optional<Credits>> required(Request request) {
        if (request.items != null) {
            List<Item> items = List.copyOf(request.items);
            return onWorker(() ->
                    Optional.of(estimates.of(request.accountId, "items", items).expected()));
        }
        String testId = request.testId;
        return request.credits == null && testId != null
                ? onWorker(() -> estimates.expectedOfTest(request.accountId, request.projectId, testId))
                : CompletableFuture.completedStage(Optional.ofNullable(request.credits));
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    /** Since it reads the database; all others go without one. */
    private <T> CompletionStage<T> onWorker(Reading<T> reading) {
        try {
            return workers.supplyAsync(() -> {
                try {
                    return reading.read();
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
        } catch (RejectedExecutionException allBusy) {
            throw new Unavailable(Unavailable.Reason.OVERLOADED, allBusy);
        }
    }

    private CompletionStage<Answer> answer(StartCheck check) {
        return ledger.read(
                        check.accountId(),
                        check.about(),
                        account -> answered(
                                check.estimate(), check.available(account), account.owed(), check.refusal(account)))
                .thenApply(Outcome::orThrow);
    }

    private Answer answered(@Nullable Credits required, Credits available, Credits owed, @Nullable Refusal refusal) {
        if (refusal == null) {
            return new Answer(Result.ALLOWED, required, available, owed, null);
        }
        if (refusal.code() != Refusal.Code.ACCOUNT_CLOSED) {
            if (!refusal.code().isPaymentRequired()) {
                throw new RefusalException(refusal);
            }
            metrics.refused("preflight", refusal);
        }
        return new Answer(Result.valueOf(refusal.code().name()), required, available, owed, problems.of(refusal));
    }
}
