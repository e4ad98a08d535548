package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Answers;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.run.record.RunAnswer;
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
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is reserved for a run that is under way. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class HoldResource {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Ledger ledger;
    private final Answers answers;

    HoldResource(Ledger ledger, Answers answers) {
        this.ledger = ledger;
        this.answers = answers;
    }

    /** More to reserve for a run. */
    @Schema(name = "HoldRequest", minProperties = 1, examples = """
            {"credits": 20, "hold_expires_in": "PT1H"}""")
    record Extension(
            @PositiveAmount
            @Schema(
                    description = "How much more to reserve. Absent: nothing, only the time is set anew.",
                    examples = "20")
            @Nullable
            Credits credits,

            @Schema(
                    description =
                            "How long all of the hold lasts from now on: from a minute to 7 days. Absent: as long as it was set last.",
                    examples = "PT1H")
            @Nullable
            Duration holdExpiresIn) {}

    /** Checks how long a hold is to last. */
    static @Nullable Duration checked(@Nullable Duration holdExpiresIn) {
        return checked("hold_expires_in", holdExpiresIn);
    }

    /** Checks how long something of a run is to last. */
    static @Nullable Duration checked(String field, @Nullable Duration lasts) {
        if (lasts != null && (lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0)) {
            throw new InvalidInput(field, "must be from PT1M to P7D (PT168H)");
        }
        return lasts;
    }

    @POST
    @Path("/accounts/{account_id}/runs/{run_id}/hold")
    @RolesAllowed({Scopes.RUNNER, Scopes.ADMIN})
    @IdempotencyKeyRequired
    @Refuses({
        Refusal.Code.SUBSCRIPTION_REQUIRED,
        Refusal.Code.INSUFFICIENT_CREDITS,
        Refusal.Code.BUDGET_EXCEEDED,
        Refusal.Code.RUN_NOT_FOUND,
        Refusal.Code.RUN_NOT_RUNNING,
        Refusal.Code.RUN_HAS_NO_HOLD
    })
    @Operation(
            operationId = "extendHold",
            summary = "Extend a run's hold",
            description =
                    "Reserves more credits, and all of the hold for a time from now on. A run without a hold gets one, for an hour unless the"
                            + " request says otherwise. A 402 leaves the hold as it is.")
    @APIResponse(
            responseCode = "200",
            description = "The run with its hold.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunAnswer.class)))
    public CompletionStage<Response> extend(
            @PathParam("account_id") String accountId,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @PathParam("run_id") @Pattern(regexp = Identifier.PATTERN) String runId,
            @NotNull @Valid Extension body) {
        Duration holdFor = checked(body.holdExpiresIn);
        if (body.credits == null && holdFor == null) {
            throw new InvalidInput("credits", "is required, unless there is hold_expires_in");
        }
        Credits credits = body.credits == null ? Credits.ZERO : body.credits;
        return answers.ok(ledger.submit(new ExtendHold(accountId, key, runId, credits, holdFor)), RunAnswer::of);
    }
}
