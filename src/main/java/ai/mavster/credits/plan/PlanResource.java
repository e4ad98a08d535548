package ai.mavster.credits.plan;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The plans that can be subscribed to. */
@Path("/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscriptions")
@Blocking
public class PlanResource {

    private static final BigDecimal DEFAULT_CAP_RATIO = new BigDecimal("1.5");

    private final PlanRepository plans;
    private final Caller caller;

    PlanResource(PlanRepository plans, Caller caller) {
        this.plans = plans;
        this.caller = caller;
    }

    /** A plan as it is to be. */
    @Schema(name = "PlanRequest", examples = """
            {"name": "Team", "monthly_credits": 10000, "cap_ratio": 1.5, "rollover": "capped"}""")
    record Request(
            @Pattern(regexp = Identifier.PATTERN)
            @Schema(description = "If given, the same as in the path.", examples = "team")
            @Nullable
            String id,

            @NotNull @Text(max = 200) @Schema(examples = "Team")
            String name,

            @NotNull @PositiveAmount @Schema(description = "What a month grants at most.", examples = "10000")
            Credits monthlyCredits,

            @Schema(
                    implementation = BigDecimal.class,
                    description = "A grant fills up to monthly_credits times this. Absent: 1.5; null: no cap.",
                    examples = "1.5")
            @Nullable
            Optional<@DecimalMin("0") @DecimalMax("1000") @Digits(integer = 4, fraction = 6) BigDecimal> capRatio,

            @Schema(
                    description =
                            "What becomes of monthly credits left at a period's end: capped (the default), none (they expire) or"
                                    + " unlimited (no cap).")
            @Nullable
            Rollover rollover,

            @Schema(
                    implementation = Credits.class,
                    description =
                            "What a trial grants, once for an account; the rest of the month follows when it becomes active. Absent or null: a"
                                    + " trial is granted as any month is.",
                    examples = "500")
            @Nullable
            Optional<@PositiveAmount Credits> trialCredits,

            @Schema(
                    description =
                            "How long a subscription is paid for; credits are granted monthly either way. Absent: month.")
            @Nullable
            BillingInterval billingInterval) {}

    /** A plan as it is. */
    @Schema(name = "Plan", examples = """
            {"id": "team", "name": "Team", "monthly_credits": 10000, "cap_ratio": 1.5, "rollover": "capped",\
             "trial_credits": null, "billing_interval": "month"}""")
    record Answer(
            @Schema(examples = "pro") String id,
            String name,
            @Schema(examples = "20000") Credits monthlyCredits,
            @Schema(examples = "1.5") @Nullable BigDecimal capRatio,
            Rollover rollover,
            @Schema(examples = "500") @Nullable Credits trialCredits,
            BillingInterval billingInterval) {

        static Answer of(Plan plan) {
            return new Answer(
                    plan.planId,
                    plan.name,
                    new Credits(plan.monthlyCredits),
                    Decimals.plain(plan.capRatio),
                    EnumId.parse(Rollover.class, plan.rollover),
                    plan.trialCredits == null ? null : new Credits(plan.trialCredits),
                    EnumId.parse(BillingInterval.class, plan.billingInterval));
        }
    }

    @GET
    @Transactional
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Operation(operationId = "listPlans", summary = "List the plans", description = "By their ids.")
    public Page<Answer> list(
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        int rows = query.limit();
        String after = query.textCursor();
        List<Plan> found = plans.find("planId > ?1 order by planId", after == null ? "" : after)
                .page(0, rows + 1)
                .list();
        return Page.of(found, rows, plan -> Cursor.of(plan.planId)).map(Answer::of);
    }

    @PUT
    @Path("/{plan_id}")
    @Transactional
    @RolesAllowed(Scopes.ADMIN)
    @Operation(
            operationId = "putPlan",
            summary = "Create or change a plan",
            description =
                    "The whole plan. Subscriptions to it follow at once: the cap and the allotment of a grant are the plan's at that"
                            + " moment.")
    @APIResponse(
            responseCode = "200",
            description = "Changed.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    @APIResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    public Response put(
            @PathParam("plan_id") @Pattern(regexp = Identifier.PATTERN) String planId,
            @NotNull @Valid Request request) {
        caller.requireUnbound();
        if (request.id != null && !request.id.equals(planId)) {
            throw new InvalidInput("id", "must be the one in the path");
        }
        boolean created = plans.createUnlessThere(planId);
        Plan plan = plans.findById(planId, LockModeType.PESSIMISTIC_WRITE);
        plan.name = request.name;
        plan.monthlyCredits = request.monthlyCredits.millionths();
        plan.capRatio = request.capRatio == null ? DEFAULT_CAP_RATIO : request.capRatio.orElse(null);
        plan.rollover = (request.rollover == null ? Rollover.CAPPED : request.rollover).id();
        plan.trialCredits = request.trialCredits == null
                ? null
                : request.trialCredits.map(Credits::millionths).orElse(null);
        plan.billingInterval = (request.billingInterval == null ? BillingInterval.MONTH : request.billingInterval).id();
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(Answer.of(plan))
                .build();
    }
}
