package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.http.Answers;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.CanonicalForm;
import ai.mavster.credits.run.estimate.Estimates;
import ai.mavster.credits.run.estimate.Forecast;
import ai.mavster.credits.run.estimate.RequestedHold;
import ai.mavster.credits.run.estimate.RunEstimate;
import ai.mavster.credits.run.record.RunAnswer;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A run that is about to spend: the check, and what is reserved for it. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
@Blocking
public class RunStartResource {

    private final Ledger ledger;
    private final Answers answers;
    private final Estimates estimates;
    private final Clock clock;

    RunStartResource(Ledger ledger, Answers answers, Estimates estimates, Clock clock) {
        this.ledger = ledger;
        this.answers = answers;
        this.estimates = estimates;
        this.clock = clock;
    }

    /** A run that is to start. */
    @Schema(name = "RunRequest", examples = """
            {"project_id": "checkout", "test_id": "guest-can-pay", "estimate": 40, "hold": true, "hold_expires_in": "PT1H",\
             "metadata": {"branch": "main"}}""")
    record Start(
            @Pattern(regexp = Identifier.PATTERN)
            @Schema(description = "The caller's own; absent: one is made.", examples = "run-1")
            @Nullable
            String runId,

            @Pattern(regexp = Identifier.PATTERN) @Nullable String workspaceId,

            @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "checkout") @Nullable
            String projectId,

            @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "guest-can-pay") @Nullable
            String testId,

            @Pattern(regexp = Identifier.PATTERN)
            @Schema(
                    description =
                            "The run that calls this one. What this one spends is counted there too, and may draw on its hold; it takes"
                                    + " from there the workspace, project and test that it does not say.")
            @Nullable
            String parentRunId,

            @Schema(description = "What it is expected to cost. Absent: it is blocked only when nothing is available.")
            @Nullable
            RunEstimate estimate,

            @Schema(description = "What to reserve for it. Absent: nothing.") @Nullable
            RequestedHold hold,

            @Schema(
                    description =
                            "How long the hold lasts: from a minute to 7 days, an hour if absent. An extension sets it anew.",
                    examples = "PT1H")
            @Nullable
            Duration holdExpiresIn,

            @Schema(
                    description =
                            "What becomes of it where there is a 402, or where older runs wait: `queue`: it waits for credits, and starts by"
                                    + " itself. Absent: it is refused.")
            @Nullable
            WhenRefused whenRefused,

            @Schema(
                    description =
                            "How long it waits, from a minute to 7 days, an hour if absent; then it is a `hard_failure`. With `when_refused` only.",
                    examples = "PT1H")
            @Nullable
            Duration queueExpiresIn,

            @Nullable Metadata metadata) {}

    /** What becomes of a run that may not start. */
    @Schema(name = "WhenRefused")
    enum WhenRefused {
        QUEUE
    }

    @POST
    @Path("/accounts/{account_id}/runs")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @IdempotencyKeyRequired
    @Refuses({
        Refusal.Code.SUBSCRIPTION_REQUIRED,
        Refusal.Code.INSUFFICIENT_CREDITS,
        Refusal.Code.BUDGET_EXCEEDED,
        Refusal.Code.RUN_NOT_FOUND,
        Refusal.Code.RUN_EXISTS,
        Refusal.Code.RUN_NOT_RUNNING,
        Refusal.Code.RUN_QUEUE_FULL,
        Refusal.Code.RUN_NESTED_TOO_DEEP
    })
    @Operation(
            operationId = "startRun",
            summary = "Start a run",
            description =
                    "Checks and reserves in one step. On a 402 no step may be executed and nothing is charged; the run is recorded as"
                            + " `hard_failure`, and may be started again later. With `when_refused: queue` it is `queued` instead: it starts"
                            + " by itself, with its hold, once there are credits, the oldest first, and leaves the queue by"
                            + " `finish` as `canceled`. Until then it takes no debits.")
    @APIResponse(
            responseCode = "201",
            description = "Started.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunAnswer.class)))
    @APIResponse(
            responseCode = "202",
            description = "Queued: it waits for credits.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunAnswer.class)))
    public CompletionStage<Response> start(
            @PathParam("account_id") String accountId,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @NotNull @Valid Start body)
            throws SQLException {
        Duration asked = HoldResource.checked(body.holdExpiresIn);
        Duration holdFor = asked == null ? StartRun.HOLD_FOR : asked;
        Duration queueFor = HoldResource.checked("queue_expires_in", body.queueExpiresIn);
        if (body.whenRefused == null && queueFor != null) {
            throw new InvalidInput("queue_expires_in", "needs when_refused");
        }
        Forecast forecast = null;
        Credits hold = null;
        InvalidInput invalid = null;
        try {
            forecast = body.estimate == null ? null : estimates.of(accountId, body.estimate);
            hold = hold(accountId, body, forecast);
        } catch (InvalidInput e) {
            invalid = e;
        }
        StartRun command = new StartRun(
                accountId,
                key,
                body.runId == null ? "run_" + UuidV7.next(clock.instant()) : body.runId,
                body.workspaceId,
                body.projectId,
                body.testId,
                body.parentRunId,
                forecast == null ? null : forecast.expected(),
                forecast == null
                        ? List.of()
                        : forecast.byAction().entrySet().stream()
                                .map(cost -> new StartRun.ActionCost(cost.getKey(), cost.getValue()))
                                .toList(),
                hold,
                holdFor,
                body.whenRefused == null ? null : queueFor == null ? StartRun.QUEUE_FOR : queueFor,
                invalid,
                asked(body),
                body.metadata);
        return answers.createdOrAccepted(
                ledger.submit(command), both -> both.run().isQueued(), RunAnswer::of);
    }

    private @Nullable Credits hold(String accountId, Start body, @Nullable Forecast forecast) throws SQLException {
        if (body.hold == null || !body.hold.wanted()) {
            return null;
        }
        return body.hold.isLeftOpen()
                ? estimates
                        .defaultHold(accountId, body.projectId, body.testId, forecast)
                        .orElseThrow(() -> new InvalidInput(
                                "hold", "must be a number: there is no estimate and no finished run to go by"))
                : body.hold.credits();
    }

    /**
     * Of what the caller sent: what the service makes of an estimate or a hold may have changed when it is sent again.
     */
    private static byte[] asked(Start body) {
        CanonicalForm form = new CanonicalForm()
                .add("start run")
                .add(body.runId)
                .add(body.workspaceId)
                .add(body.projectId)
                .add(body.testId)
                .add(body.parentRunId)
                .add(body.hold == null ? null : body.hold.toString())
                .add(body.holdExpiresIn == null ? null : body.holdExpiresIn.toString())
                .add(body.whenRefused == null ? null : body.whenRefused.name())
                .add(body.queueExpiresIn == null ? null : body.queueExpiresIn.toString());
        if (body.estimate != null) {
            form.add(
                    body.estimate.credits() == null
                            ? null
                            : body.estimate.credits().toString());
            body.estimate.items().forEach(item -> form.add(item.action()).add(item.quantity()));
        }
        return form.sha256();
    }
}
