package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.IdempotencyKey;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Answers;
import ai.mavster.credits.ledger.CanonicalForm;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.run.estimate.EstimateWish;
import ai.mavster.credits.run.estimate.Estimates;
import ai.mavster.credits.run.estimate.Forecast;
import ai.mavster.credits.run.estimate.HoldWish;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A run that is about to spend: the check, and what is set aside for it. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
@Blocking
public class RunStartResource {

    private static final Duration SHORTEST_HOLD = Duration.ofMinutes(1);
    private static final Duration LONGEST_HOLD = Duration.ofDays(7);

    private final Ledger ledger;
    private final Answers answers;
    private final Estimates estimates;
    private final Caller caller;
    private final Clock clock;

    RunStartResource(Ledger ledger, Answers answers, Estimates estimates, Caller caller, Clock clock) {
        this.ledger = ledger;
        this.answers = answers;
        this.estimates = estimates;
        this.caller = caller;
        this.clock = clock;
    }

    /** A run that is to start. */
    @Schema(name = "RunStart")
    record Start(
            @Pattern(regexp = Identifier.PATTERN)
            @Schema(description = "The caller's own; absent: one is made.", examples = "run-1")
            @Nullable
            String runId,

            @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "acct_7")
            String accountId,

            @Pattern(regexp = Identifier.PATTERN) @Nullable String workspaceId,

            @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "checkout") @Nullable
            String projectId,

            @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "guest-can-pay") @Nullable
            String testId,

            @Pattern(regexp = Identifier.PATTERN)
            @Schema(
                    description =
                            "The run that calls this one. What this one spends is told there too, and may draw on its hold.")
            @Nullable
            String parentRunId,

            @Schema(description = "What it is expected to cost. Absent: it is blocked only when nothing is available.")
            @Nullable
            EstimateWish estimate,

            @Schema(description = "What to set aside for it. Absent: nothing.") @Nullable
            HoldWish hold,

            @Schema(
                    description =
                            "How long the hold lasts: from a minute to 7 days, an hour if absent. An extension sets it anew.",
                    examples = "PT1H")
            @Nullable
            Duration holdExpiresIn) {}

    @POST
    @Path("/runs")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @Operation(
            operationId = "startRun",
            summary = "Start a run",
            description =
                    "Checks and sets aside in one step. On a 402 no step may be executed and nothing is charged; the run is recorded as"
                            + " `hard_failure`, and may be started again later.")
    @APIResponse(
            responseCode = "201",
            description = "Started.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunAnswer.class)))
    public Response start(@NotNull @Valid Start body, @Context HttpHeaders headers) throws SQLException {
        caller.requireAccount(body.accountId);
        String key = IdempotencyKey.of(headers);
        Duration holdFor = body.holdExpiresIn == null ? Hold.UNLESS_SAID : body.holdExpiresIn;
        if (holdFor.compareTo(SHORTEST_HOLD) < 0 || holdFor.compareTo(LONGEST_HOLD) > 0) {
            throw Problems.invalidRequest("hold_expires_in", "must be from PT1M to P7D (PT168H)");
        }
        Forecast forecast = body.estimate == null ? null : estimates.of(body.accountId, body.estimate);
        StartRun command = new StartRun(
                body.accountId,
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
                hold(body, forecast),
                holdFor,
                asked(body));
        return answers.await(ledger.submit(command)).toResponse(Response.Status.CREATED);
    }

    private @Nullable Credits hold(Start body, @Nullable Forecast forecast) throws SQLException {
        if (body.hold == null || !body.hold.wanted()) {
            return null;
        }
        return body.hold.isLeftOpen()
                ? estimates
                        .defaultHold(body.accountId, body.projectId, body.testId, forecast)
                        .orElseThrow(() -> Problems.invalidRequest(
                                "hold", "must be a number: there is no estimate and no finished run to go by"))
                : body.hold.credits();
    }

    /** What the caller said, for telling a repeat: what we make of an estimate or a hold may have changed meanwhile. */
    private static byte[] asked(Start body) {
        CanonicalForm form = new CanonicalForm()
                .add("start run")
                .add(body.runId)
                .add(body.workspaceId)
                .add(body.projectId)
                .add(body.testId)
                .add(body.parentRunId)
                .add(body.hold == null ? null : body.hold.toString())
                .add(body.holdExpiresIn == null ? null : body.holdExpiresIn.toString());
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
