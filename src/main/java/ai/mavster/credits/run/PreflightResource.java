package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Answers;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.Purpose;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** May this run start? */
@Path("/v1/preflights")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class PreflightResource {

    private static final Credits SMALLEST = new Credits(1);

    private final Ledger ledger;
    private final Answers answers;
    private final Problems problems;
    private final Caller caller;

    PreflightResource(Ledger ledger, Answers answers, Problems problems, Caller caller) {
        this.ledger = ledger;
        this.answers = answers;
        this.problems = problems;
        this.caller = caller;
    }

    /** A run that is about to start. */
    @Schema(name = "Preflight")
    record Request(
            @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "acct_7")
            String accountId,

            @PositiveAmount
            @Schema(
                    description =
                            "What the run is expected to cost. Absent: it is blocked only when nothing is available.",
                    examples = "40")
            @Nullable
            Credits credits,

            @Pattern(regexp = Identifier.PATTERN) @Nullable String workspaceId,
            @Pattern(regexp = Identifier.PATTERN) @Nullable String projectId,
            @Pattern(regexp = Identifier.PATTERN) @Nullable String testId) {

        /** Without an estimate any credit will do. */
        private Command.Debit debit() {
            return new Command.Debit(
                    accountId,
                    null,
                    credits == null ? SMALLEST : credits,
                    Command.OnInsufficient.REFUSE,
                    new Purpose(null, null, workspaceId, projectId, testId, null));
        }
    }

    /** Whether the run may start. */
    enum Result {
        ALLOWED,
        SUBSCRIPTION_REQUIRED,
        INSUFFICIENT_CREDITS,
        BUDGET_EXCEEDED
    }

    /** The answer to a preflight. */
    @Schema(name = "PreflightResult")
    record Answer(
            Result outcome,

            @Schema(description = "What was asked about; null without an estimate.") @Nullable
            Credits required,

            @Schema(description = "The account's balance less what is held.")
            Credits available,

            @Schema(description = "The body of the 402 that a debit would get now, or null.") @Nullable
            Problem problem) {}

    @POST
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Operation(
            operationId = "preflight",
            summary = "Ask before a run",
            description = "Always 200; the outcome says whether the run may start. Writes and reserves nothing.")
    public CompletionStage<Answer> preflight(@NotNull @Valid Request request) {
        caller.requireAccount(request.accountId);
        Command.Debit debit = request.debit();
        return ledger.look(
                        request.accountId,
                        books -> answer(request, books.account().available(), books.refusal(debit)))
                .thenApply(answers::orThrow);
    }

    private Answer answer(Request request, Credits available, @Nullable Refusal refusal) {
        return new Answer(
                refusal == null ? Result.ALLOWED : Result.valueOf(refusal.code().name()),
                request.credits,
                available,
                refusal == null ? null : problems.of(refusal));
    }
}
